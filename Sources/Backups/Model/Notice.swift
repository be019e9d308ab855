/// What a source says of its work, for its user.
public enum Notice: Sendable, Equatable {
    /// Something that helps.
    case note(String)
    /// Something that must be seen.
    case warning(String)

    public var text: String {
        switch self {
        case .note(let text), .warning(let text): text
        }
    }
}

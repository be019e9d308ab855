import Text

/// A snapshot that `get` has brought to this machine, and in which form.
struct GotSnapshot: Sendable {
    let path: String
    /// Whether the file has the bytes as they are stored.
    var isStored = false
    /// The folder that what belongs to it was written into.
    var companionFolder: String?

    /// Whether it is what a distribution's own commands take.
    func suits(_ input: RecoveryGuide.Input) -> Bool {
        switch input {
        case .snapshot: !isStored
        case .companions: companionFolder.map { PathParts($0 + "/").isSameFolder(as: PathParts(path)) } ?? false
        case .stored(let folder):
            isStored && folder.map { PathParts($0).isSameFolder(as: PathParts(path)) } ?? true
        case .place: true
        }
    }
}

extension PathParts {
    /// Whether both are of one folder, by their texts.
    fileprivate func isSameFolder(as other: PathParts) -> Bool {
        Self.names(in: lead).filter { $0 != "." } == Self.names(in: other.lead).filter { $0 != "." }
            && lead.hasPrefix("/") == other.lead.hasPrefix("/")
    }
}

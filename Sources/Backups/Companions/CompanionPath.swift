import Text

/// The parts of a companion's path, below the folder that it is written to. An archive's paths come from outside: one
/// that leads elsewhere, or that could be mistaken for another, is refused.
struct CompanionPath: Sendable, Hashable {
    /// Deeper than any distribution packs.
    private static let maxPartCount = 32
    /// Of a name in most file systems.
    private static let maxPartByteCount = 240

    /// At least one; none is `.` or `..`, or has a `/`.
    let parts: [String]

    var name: String { parts[parts.count - 1] }
    var folders: ArraySlice<String> { parts.dropLast() }
    var text: String { parts.joined(separator: "/") }

    /// - Parameter text: As the archive has it. A `/` at its start means nothing: rke writes all its entries so.
    /// - Throws: `CompanionRefusal`.
    init(_ text: String) throws(CompanionRefusal) {
        let parts = PathParts.names(in: text).filter { $0 != "." }
        if parts.contains("..") { throw .leavesFolder }
        if parts.isEmpty || parts.contains(where: { $0.printable != $0 || $0.contains("\u{FFFD}") }) {
            throw .unusableName
        }
        if parts.count > Self.maxPartCount || parts.contains(where: { $0.utf8.count > Self.maxPartByteCount }) {
            throw .tooLong
        }
        self.parts = parts
    }
}

/// Why a companion is not written.
public enum CompanionRefusal: Error, Sendable, Hashable {
    case leavesFolder
    case unusableName
    case tooLong
    case link
    case noFile
    /// In bytes.
    case tooLarge(maxByteCount: Int64)
    case tooMany(maxCount: Int)
    /// All of them together.
    case tooMuch(maxByteCount: Int64)
    /// Another file is there, and is not replaced.
    case exists
    case cannotWrite(reason: String)
}

extension CompanionRefusal: CustomStringConvertible {
    /// The second half of a sentence: `its path leads out of the folder`.
    public var description: String {
        switch self {
        case .leavesFolder: "its path leads out of the folder"
        case .unusableName: "its path can't be the name of a file"
        case .tooLong: "its path is too long"
        case .link: "it is a link"
        case .noFile: "it is no regular file"
        case .tooLarge(let maxByteCount): "it is larger than \(maxByteCount.byteCountText)"
        case .tooMany(let maxCount): "there are more than \(maxCount)"
        case .tooMuch(let maxByteCount): "together they are larger than \(maxByteCount.byteCountText)"
        case .exists: "another file is there"
        case .cannotWrite(let reason): reason
        }
    }
}

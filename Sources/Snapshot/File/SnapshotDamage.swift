/// What is wrong in a database image, and where.
public struct SnapshotDamage: Error, Sendable, Equatable {
    /// The page, counted from 0.
    public var page: UInt64
    /// Where in the page, in bytes.
    public var offset: Int
    /// The second half of a sentence: `its key ends behind the page`.
    public var problem: String

    public init(page: UInt64, offset: Int = 0, _ problem: String) {
        self.page = page
        self.offset = offset
        self.problem = problem
    }
}

extension SnapshotDamage: CustomStringConvertible {
    public var description: String { "page \(page), offset \(offset): \(problem)" }
}

/// Why a database image could not be read.
public enum SnapshotReadingError: Error, Sendable, Equatable {
    case damaged(SnapshotDamage)
    /// The system refused, with this error number.
    case unreadable(code: Int32)

    package static func damaged(page: UInt64, offset: Int = 0, _ problem: String) -> SnapshotReadingError {
        .damaged(SnapshotDamage(page: page, offset: offset, problem))
    }
}

/// What checking a snapshot as a whole has found.
public struct CheckResult: Sendable, Equatable {
    public enum Verdict: Sendable, Equatable {
        /// The SHA-256 at its end is right, and nothing was found: the bytes are those that etcd's server sent.
        case sound
        /// Nothing was found, and nothing proves that it is whole: it ends without a SHA-256.
        case unverified
        case unsound
    }

    /// Of the whole file, as `sha256sum` prints it.
    public let sha256: String
    /// Whether the file ends in the SHA-256 of all bytes before it.
    public let hasRightTrailer: Bool
    /// What was found, in the order of the pages; the first `maxProblemCount`.
    public private(set) var problems: [SnapshotProblem]
    /// How many were found beyond those.
    public let furtherProblemCount: Int
    /// What is in it, as far as its pages could be read; `nil` where there are none.
    public let contents: SnapshotContents?
    /// Whether its meta pages are those of a database in use, which the server replaces in what it sends.
    public let isMemberDatabase: Bool

    public static let maxProblemCount = 100

    init(_ digest: FileDigest, _ pages: PageFindings) {
        sha256 = digest.sha256
        hasRightTrailer = digest.problem == nil
        // Where there are no pages, the digest's problem says why, too.
        let ofPages = pages.contents == nil && digest.problem != nil ? [] : pages.problems
        problems = (digest.problem.map { [$0] } ?? []) + ofPages
        furtherProblemCount = pages.furtherProblemCount
        contents = pages.contents
        isMemberDatabase = pages.isMemberDatabase
    }

    public var verdict: Verdict {
        switch problems {
        case []: .sound
        case [.missingTrailer]: .unverified
        default: .unsound
        }
    }

    /// The same, compared with the revision that the file's source says it has: a snapshot may have gone further
    /// than its name says, which was chosen before it was made, but never less far.
    public func expecting(revision: Int64?) -> CheckResult {
        guard let revision, let found = contents?.revision, found < revision else { return self }
        var result = self
        result.problems.append(.lowerRevision(found: found, expected: revision))
        return result
    }

    /// What is in the file, where nothing was found that forbids using it: the one rule for all that use it.
    ///
    /// - Parameter acceptsMissingTrailer: Whether a file is good enough that nothing proves to be whole.
    /// - Throws: The first problem.
    public func requireSound(
        acceptingMissingTrailer acceptsMissingTrailer: Bool = false
    ) throws(SnapshotProblem) -> SnapshotContents {
        if let problem = problems.first(where: { !acceptsMissingTrailer || $0 != .missingTrailer }) { throw problem }
        guard let contents else { throw .damagedMetaPages }
        return contents
    }
}

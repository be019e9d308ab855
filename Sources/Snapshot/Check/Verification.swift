import Blocking
import Synchronization

/// What verifying a file has come to.
public struct Verification: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// The SHA-256 at its end is right, and nothing was found: the bytes are those that etcd's server sent.
        case sound
        /// Nothing was found, and nothing proves that it is whole: it ends without a SHA-256.
        case unverified
        case unsound
    }

    /// Of the whole file, as `sha256sum` prints it.
    public var sha256: String
    /// What was found, in the order of the pages; the first `greatestProblemCount`.
    public var problems: [SnapshotProblem]
    /// How many were found beyond those.
    public var furtherProblemCount = 0
    /// What is in it, as far as its pages could be read; `nil` where there are none.
    public var contents: SnapshotContents?
    /// Whether its meta pages are those of a database in use, which the server replaces in what it sends.
    public var isMemberDatabase = false

    public static let maxProblemCount = 100

    public var outcome: Outcome {
        switch problems {
        case []: .sound
        case [.missingTrailer]: .unverified
        default: .unsound
        }
    }
}

extension SnapshotFile {
    /// Verifies it as a whole: the SHA-256 at its end, and all that its pages hold. The two go on side by side.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    public func verify(
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> Verification {
        try await running { try await self.verifyHere(onProgress: onProgress) }
    }

    private func verifyHere(onProgress: @Sendable (_ doneByteCount: Int64) -> Void) async throws -> Verification {
        async let survey = inspectHere()
        let (sha256, result) = try await digest(onProgress: onProgress)
        var verification = try await survey
        verification.sha256 = sha256
        if case .unsound(let problem) = result {
            // What the pages lack has been said by this already.
            if verification.contents == nil { verification.problems = [] }
            verification.problems.insert(problem, at: 0)
        }
        return verification
    }

    /// What its pages tell; the SHA-256 is left to others, and empty.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    public func inspect() async throws -> Verification {
        try await running { try await self.inspectHere() }
    }

    private func inspectHere() async throws -> Verification {
        try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            var verification = Verification(sha256: "", problems: [])
            do {
                let image = try self.image()
                let findings = Findings()
                verification.contents = try IntegrityCheck(image, checksHistory: true, report: { findings.add($0) })
                    .run()
                verification.problems = findings.kept.map(SnapshotProblem.damaged)
                verification.furtherProblemCount = findings.count - findings.kept.count
                verification.isMemberDatabase = !image.hasTrailer && !image.metaPages.areAsSent
            } catch let problem as SnapshotProblem {
                verification.problems = [problem]
            } catch SnapshotReadingError.damaged(let damage) {
                verification.problems = [.damaged(damage)]
            }
            return verification
        }
    }
}

/// What was found so far, of which not all is kept.
private final class Findings: Sendable {
    private let found = Mutex<(kept: [SnapshotDamage], count: Int)>(([], 0))

    var kept: [SnapshotDamage] { found.withLock(\.kept) }
    var count: Int { found.withLock(\.count) }

    func add(_ damage: SnapshotDamage) {
        found.withLock { found in
            found.count += 1
            if found.count <= Verification.maxProblemCount { found.kept.append(damage) }
        }
    }
}

import Blocking
import Synchronization

/// What the pages of a file show, by one way through all of them.
struct PageFindings: Sendable, Equatable {
    /// The first `CheckResult.maxProblemCount`, in the order of the pages.
    private(set) var problems: [SnapshotProblem] = []
    private(set) var furtherProblemCount = 0
    /// As far as the pages could be read; `nil` where there are none.
    private(set) var contents: SnapshotContents?
    private(set) var isMemberDatabase = false

    /// Reads them on a thread of its own.
    ///
    /// - Parameter hashesKeys: Whether `SnapshotContents.keyHash` is computed.
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    init(in bytes: any ByteSource, hashesKeys: Bool) async throws {
        self = try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            try PageFindings(reading: bytes, hashesKeys)
        }
    }

    init(reading bytes: any ByteSource, _ hashesKeys: Bool) throws {
        do {
            let image = try SnapshotImage(checking: bytes)
            let found = Mutex<(kept: [SnapshotProblem], count: Int)>(([], 0))
            contents = try IntegrityCheck(image, checksHistory: true, hashesKeys: hashesKeys) { damage in
                found.withLock { found in
                    found.count += 1
                    if found.count <= CheckResult.maxProblemCount { found.kept.append(.damaged(damage)) }
                }
            }.run()
            (problems, furtherProblemCount) = found.withLock { ($0.kept, $0.count - $0.kept.count) }
            isMemberDatabase = !image.hasTrailer && !image.metaPages.areAsSent
        } catch let problem as SnapshotProblem {
            problems = [problem]
        } catch SnapshotReadingError.damaged(let damage) {
            problems = [.damaged(damage)]
        }
    }
}

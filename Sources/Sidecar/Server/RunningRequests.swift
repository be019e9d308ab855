import Synchronization

/// How many requests of each kind are running, which is bounded, and how many downloads were sent to their end.
final class RunningRequests: Sendable {
    private let limits: RequestLimits
    private let counts = Mutex((running: [RequestKind: Int](), finishedDownloads: 0))

    init(limits: RequestLimits = RequestLimits()) {
        self.limits = limits
    }

    var finishedDownloadCount: Int { counts.withLock { $0.finishedDownloads } }

    /// - Returns: Whether there is room for one more.
    func begin(_ kind: RequestKind) -> Bool {
        counts.withLock { counts in
            let running = counts.running[kind, default: 0]
            guard running < limits.maxCount(of: kind) else { return false }
            counts.running[kind] = running + 1
            return true
        }
    }

    /// - Parameter isWhole: Whether all bytes of a backup were sent.
    func end(_ kind: RequestKind, isWhole: Bool) {
        counts.withLock { counts in
            counts.running[kind, default: 1] -= 1
            if isWhole { counts.finishedDownloads += 1 }
        }
    }
}

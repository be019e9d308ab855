import Backups
import Blocking
import Snapshot

/// Which backups were verified, and what came of it: each once, however many ask for it.
actor Verifications {
    private let source: any BackupSource
    private var verdicts: [StoreEntry: Task<CheckResult, any Error>] = [:]
    private var known: [StoreEntry: CheckResult] = [:]

    init(_ source: any BackupSource) {
        self.source = source
    }

    /// What is known already.
    func knownVerdict(of entry: StoreEntry) -> CheckResult? { known[entry] }

    /// What verification says of a backup: all that ask for the same one wait for the same verification, which goes on
    /// where some of them leave.
    ///
    /// - Throws: What the source throws; the next one to ask tries again.
    func result(of backup: Backup, _ entry: StoreEntry) async throws -> CheckResult {
        if let task = verdicts[entry] { return try await task.value }
        // It takes a processor for a while: on a thread of its own it holds up nobody who asks for something.
        let task = Task(executorPreference: DedicatedThread()) { [source] in
            try await Self.verify(backup, from: source)
        }
        verdicts[entry] = task
        do {
            let result = try await task.value
            known[entry] = result
            return result
        } catch {
            verdicts[entry] = nil
            throw error
        }
    }

    @concurrent
    private static func verify(_ backup: Backup, from source: any BackupSource) async throws -> CheckResult {
        var verifier = SnapshotVerifier()
        try await source.read(backup, range: nil) { verifier.update($0) }
        return verifier.finish().result
    }
}

import Backups
import Blocking
import Snapshot

/// Which backups were verified, and what came of it: each once, however many ask for it.
actor Verifications {
    private let source: any BackupSource
    private let spools: Spools
    private var running: [StoreEntry: Task<CheckResult, any Error>] = [:]
    private var known: [StoreEntry: CheckResult] = [:]

    init(_ source: any BackupSource, _ spools: Spools) {
        self.source = source
        self.spools = spools
    }

    /// What is known already.
    func knownResult(of entry: StoreEntry) -> CheckResult? { known[entry] }

    /// The backup, with what is known of it by now.
    func completed(_ backup: Backup) -> Backup {
        guard let entry = backup.entry, let contents = try? known[entry]?.requireSound() else { return backup }
        return backup.completed(by: contents)
    }

    /// Why it is known already not to be sound.
    func knownProblem(of entry: StoreEntry) -> SnapshotProblem? {
        do throws(SnapshotProblem) {
            _ = try known[entry]?.requireSound()
            return nil
        } catch {
            return error
        }
    }

    /// Notes what came of a verification elsewhere.
    func note(_ result: CheckResult, of entry: StoreEntry) { known[entry] = result }

    /// What verification says of a backup: all that ask for the same one wait for the same verification, which
    /// continues where some of them leave.
    ///
    /// - Throws: What the source throws, and `CodecError`; the next one to ask tries again. `CancellationError`, also
    ///   where all were cancelled.
    func result(of backup: Backup, _ entry: StoreEntry) async throws -> CheckResult {
        if let result = known[entry] { return result }
        let task =
            running[entry]
            ?? Task {
                defer { running[entry] = nil }
                let result = try await Self.verify(backup, from: source, spools)
                known[entry] = result
                return result
            }
        running[entry] = task
        return try await task.valueUnlessCancelled
    }

    /// Ends all that run.
    func cancel() {
        for task in running.values { task.cancel() }
    }

    /// What lies on this machine is read in place. What is remote or encoded is copied for as long as it is checked,
    /// because its pages are read in the order of their keys.
    @concurrent
    private static func verify(_ backup: Backup, from source: any BackupSource, _ spools: Spools) async throws
        -> CheckResult
    {
        guard source.traits == .local, let byteCount = backup.snapshotByteCount else {
            return try await spools.file(of: backup).result
        }
        let bytes = StoredBytes(backup, byteCount: byteCount, in: source)
        do {
            return try await SnapshotCheck(bytes).run().expecting(revision: backup.revision?.value)
        } catch let error as SnapshotReadingError {
            throw bytes.failure ?? error
        }
    }
}

import Backups
import Snapshot

/// Which backups were verified, and what came of it: each once, however many ask for it.
actor Verifications {
    private static let pieceByteCount: Int64 = 1 << 20

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
        let task = Task { [source] in try await Self.verify(backup, from: source) }
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
        guard source.traits == .local, let byteCount = backup.byteCount else {
            try await source.read(backup, range: nil) { verifier.update($0) }
            return verifier.finish().result
        }
        // A disk is quick to read: in between the threads are left to those who ask for something.
        var position: Int64 = 0
        while position < byteCount {
            let range = position..<min(position + Self.pieceByteCount, byteCount)
            try await source.read(backup, range: range) { verifier.update($0) }
            position = range.upperBound
            await Task.yield()
        }
        return verifier.finish().result
    }
}

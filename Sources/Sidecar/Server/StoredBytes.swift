import Backups
import Dispatch
import Glibc
import Snapshot
import Synchronization

/// The bytes of a backup in a store on this machine, read where they lie, in any order.
///
/// Each read blocks the thread that the check has of its own, while the source reads on others.
final class StoredBytes: ByteSource {
    let byteCount: Int64
    private let backup: Backup
    private let source: any BackupSource
    private let firstFailure = Mutex<(any Error)?>(nil)

    init(_ backup: Backup, byteCount: Int64, in source: any BackupSource) {
        self.backup = backup
        self.byteCount = byteCount
        self.source = source
    }

    /// What the source has thrown, where a read failed.
    var failure: (any Error)? { firstFailure.withLock(\.self) }

    func read(at offset: Int64, byteCount wanted: Int) throws(SnapshotReadingError) -> [UInt8] {
        if wanted == 0 { return [] }
        let piece = Piece()
        Task.detached { [backup, source] in
            await piece.fill(offset..<offset + Int64(wanted), of: backup, from: source)
        }
        do {
            return try piece.wait()
        } catch {
            firstFailure.withLock { $0 = $0 ?? error }
            throw .unreadable(code: EIO)
        }
    }
}

/// One read, and its outcome.
private final class Piece: Sendable {
    private let outcome = Mutex<Result<[UInt8], any Error>>(.success([]))
    private let isDone = DispatchSemaphore(value: 0)

    func fill(_ range: Range<Int64>, of backup: Backup, from source: any BackupSource) async {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        do {
            try await source.read(backup, range: range) { bytes += $0 }
            let read = bytes
            outcome.withLock { $0 = .success(read) }
        } catch {
            outcome.withLock { $0 = .failure(error) }
        }
        isDone.signal()
    }

    func wait() throws -> [UInt8] {
        isDone.wait()
        return try outcome.withLock { try $0.get() }
    }
}

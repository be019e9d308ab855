import Backups
import Text

extension Session {
    /// Shows how far a reading of a whole backup is.
    func readingAll<Result>(
        of backup: Backup,
        _ read: (_ onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void) async throws -> Result
    ) async throws -> Result {
        let progress = dependencies.progress("reading \(backup.name.printable)", backup.byteCount)
        output.progress = progress
        defer {
            progress.finish()
            output.progress = nil
        }
        return try await read { progress.update(doneByteCount: $0) }
    }
}

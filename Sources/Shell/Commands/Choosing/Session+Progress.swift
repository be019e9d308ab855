import Backups
import Text

extension Session {
    /// Shows how much of a backup is read.
    ///
    /// - Parameter what: What is done with it: `reading`, `looking into`.
    func withProgress<Result>(
        _ what: String,
        _ backup: Backup,
        _ read: (_ onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void) async throws -> Result
    ) async throws -> Result {
        let progress = dependencies.progress("\(what) \(backup.name.printable)", backup.byteCount)
        output.progress = progress
        defer {
            progress.finish()
            output.progress = nil
        }
        return try await read { progress.update(doneByteCount: $0) }
    }
}

import Backups

extension Session {
    /// Backups with revisions read from their own pages where names have none, for the last of them. Reports which
    /// were not read, and why.
    ///
    /// - Throws: `CancellationError`.
    func revisionsRead(
        of backups: some Collection<Backup>,
        from source: any BackupSource,
        limit: Int = 1
    ) async throws -> RevisionReading {
        let read = try await revisions.reading(Array(backups), from: source, limit: limit)
        if read.unreadCount > 0 {
            output.note(
                (read.unreadCount == 1
                    ? "the revision of 1 older backup was" : "the revisions of \(read.unreadCount) older backups were")
                    + " not read: only those of the newest \(limit) are"
            )
        }
        if let failure = read.failure { output.note("not all revisions could be read: \(failure)") }
        return read
    }
}

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

    /// Backups with the revisions of all those that a selection accepts and whose files say it. Reports how many are
    /// unknown, and so not considered.
    ///
    /// - Throws: `CancellationError`.
    func allRevisionsRead(
        of backups: [Backup],
        _ selection: Selection,
        from source: any BackupSource
    ) async throws -> [Backup] {
        var backups = backups
        let places = backups.indices.filter { backups[$0].revision == nil && selection.accepts(backups[$0]) }
        if places.isEmpty { return backups }
        let progress = dependencies.progress("reading revisions", Int64(places.count))
        output.progress = progress
        defer {
            progress.finish()
            output.progress = nil
        }
        output.note("reading the revisions of \(places.count) \(places.count == 1 ? "file" : "files")")
        let read = try await revisions.reading(places.map { backups[$0] }, from: source, limit: .max)
        for (place, backup) in zip(places, read.backups) { backups[place].readRevision = backup.readRevision }
        let unknownCount = places.count { backups[$0].knownRevision == nil }
        if unknownCount > 0 {
            output.note(
                "\(unknownCount) of them \(unknownCount == 1 ? "is" : "are") not considered: compressed or encrypted files say"
                    + " no revision until 'get', and others could not be read in parts"
            )
        }
        if let failure = read.failure { output.warning("not all revisions could be read: \(failure)") }
        return backups
    }

    /// What makes the newest of a listing doubtful. Where names say no revision, those of a few are read.
    ///
    /// - Throws: `CancellationError`.
    func doubts(
        about newest: Backup,
        among backups: [Backup],
        _ order: BackupOrder,
        _ source: any BackupSource
    ) async throws -> Doubts {
        let now = dependencies.now()
        var doubts = Doubts(about: newest, among: backups, by: order, at: now)
        if order == .byTime, doubts.rollback == nil {
            let sample = Doubts.sample(of: backups).filter(\.obstacles.isEmpty)
            let read = try await revisions.reading(sample, from: source, limit: .max)
            doubts.rollback = Rollback(among: read.backups, at: now)
        }
        doubts.versionThatCounts = try await source.versionThatCounts(of: newest)
        doubts.otherLayout = source.otherLayout
        return doubts
    }
}

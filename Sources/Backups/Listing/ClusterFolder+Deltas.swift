extension ClusterFolder {
    /// The backups, and the changes since the newest of them.
    ///
    /// - Returns: `nil` where none is called as the layout says: they may be in folders.
    func newest(among layout: any BackupsAmongDeltas) async throws -> BackupListing? {
        let backups = try reading(
            await store.listAll(ListRequest(prefix: prefix + layout.backupPrefix, delimiter: "/"))
        )
        guard var newest = backups.backups.first?.revision else { return nil }
        for backup in backups.backups { newest = max(newest, backup.revision ?? newest) }
        let start = layout.start(ofDeltasSince: newest).map { ListStart.after(prefix + $0) } ?? .beginning
        var names = backups
        names.add(
            try reading(
                await store.listAll(
                    ListRequest(prefix: prefix + layout.deltaPrefix, delimiter: "/", start: start)
                )
            )
        )
        return listing(of: names, isComplete: false)
    }
}

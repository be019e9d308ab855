import Text

extension ClusterFolder {
    /// Whether there are backups among the first names that backups can have.
    func beginsWithBackups() async throws -> Bool {
        let start = (sortedKeys?.candidates.first?.after).map(ListStart.after) ?? .beginning
        let page = try await store.list(ListRequest(prefix: prefix, delimiter: "/", start: start, limit: 10))
        return try !reading(page).backups.isEmpty
    }

    /// What one page of names has; all there is, where that is read anyway.
    func firstPage() async throws -> BackupListing {
        if store.traits == .local { return try await all() }
        let page = try await store.list(ListRequest(prefix: prefix, delimiter: "/"))
        let (backups, ignored, _) = try reading(page)
        return BackupListing(backups: backups, ignored: ignored, order: layout.order, isComplete: page.next == nil)
    }

    /// The backup of one name, and nothing else: one short page, however many there are.
    func named(_ name: String) async throws -> BackupListing {
        let page = try await store.list(ListRequest(prefix: prefix + name, limit: 1))
        let entries = page.entries.filter { $0.key.hasSameBytes(as: prefix + name) }
        let (backups, ignored, _) = try reading(ListPage(entries: entries))
        return BackupListing(backups: backups, ignored: ignored, order: layout.order, isComplete: false)
    }

    /// The versions that are not what stands under their name any more, the newest of a name last.
    ///
    /// - Parameter limit: So many are enough; there may be more in what is given.
    func noncurrent(limit: Int) async throws -> BackupListing {
        var backups: [Backup] = []
        var ignored: [IgnoredName] = []
        // Of each name the newest version comes first: the current one, where there is one.
        var taken: String?
        try await store.listPages(ListRequest(prefix: prefix, delimiter: "/", listsVersions: true)) { page in
            var page = page
            page.entries = page.entries.compactMap { entry in
                if entry.state == .current {
                    taken = entry.key
                    return nil
                }
                var entry = entry
                let isTaken = taken.map { $0.hasSameBytes(as: entry.key) } ?? false
                if !isTaken { entry.state = .deleted }
                return entry
            }
            let found = try reading(page)
            backups += found.backups
            ignored += found.ignored
            return backups.count < limit
        }
        return BackupListing(
            backups: backups,
            ignored: ignored,
            order: layout.order,
            isComplete: backups.count < limit
        )
    }
}

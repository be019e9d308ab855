import Text

extension ClusterFolder {
    /// Whether there are backups among the first names that backups can have.
    func beginsWithBackups() async throws -> Bool {
        let start = (sortedKeys?.candidates.first?.after).map(ListStart.after) ?? .beginning
        let page = try await store.list(ListRequest(prefix: prefix, delimiter: "/", start: start, limit: 10))
        let names = try reading(page)
        return !names.backups.isEmpty || !names.foldersWithBackups.isEmpty
    }

    /// What one page of names has; all there is, where that is read anyway.
    func firstPage() async throws -> BackupListing {
        if store.traits == .local { return try await all() }
        let page = try await store.list(ListRequest(prefix: prefix, delimiter: "/"))
        var names = try reading(page)
        names.add(try await reading(names.foldersWithBackups))
        return listing(of: names, isComplete: page.next == nil)
    }

    /// The backup of one name, and nothing else: one short page, however many there are. All, where a backup's name may
    /// not be its file's.
    func named(_ name: String) async throws -> BackupListing {
        let page = try await store.list(ListRequest(prefix: prefix + name, limit: 1))
        let entries = page.entries.filter { $0.key.hasSameBytes(as: prefix + name) }
        let names = try reading(ListPage(entries: entries))
        if names.backups.isEmpty, sortedKeys == nil { return try await all() }
        return listing(of: names, isComplete: false)
    }

    /// The versions that are not what stands under their name any more, the newest of a name last.
    ///
    /// - Parameter limit: So many are enough; there may be more in what is given.
    func noncurrent(limit: Int) async throws -> BackupListing {
        var names = FolderReading()
        // Of each name the newest version comes first: the current one, where there is one.
        var taken: String?
        try await store.listPages(ListRequest(prefix: prefix, delimiter: "/", listsVersions: true)) { page in
            names.add(try reading(page.keepingNoncurrent(&taken)))
            return names.backups.count < limit
        }
        let isComplete = names.backups.count < limit
        if isComplete { names.add(try await reading(names.foldersWithBackups, listsVersions: true)) }
        return listing(of: names, isComplete: isComplete)
    }
}

extension ListPage {
    /// The versions on it that are not what stands under their name any more.
    ///
    /// - Parameter taken: The name whose newest version was seen last.
    func keepingNoncurrent(_ taken: inout String?) -> ListPage {
        var page = self
        page.entries = entries.compactMap { entry in
            if entry.state == .current {
                taken = entry.key
                return nil
            }
            var entry = entry
            let isTaken = taken.map { $0.hasSameBytes(as: entry.key) } ?? false
            if !isTaken { entry.state = .deleted }
            return entry
        }
        return page
    }
}

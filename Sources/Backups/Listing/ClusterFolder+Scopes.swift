extension ClusterFolder {
    /// The backup of one name, and nothing else: one short page, however many there are.
    func named(_ name: String) async throws -> BackupListing {
        let page = try await store.list(ListRequest(prefix: prefix + name, limit: 1))
        let entries = page.entries.filter { $0.key.utf8.elementsEqual((prefix + name).utf8) }
        let (backups, ignored, _) = reading(ListPage(entries: entries))
        return BackupListing(backups: backups, ignored: ignored, isComplete: false)
    }

    /// The versions that are not what stands under their name any more, the newest of a name last.
    func lost() async throws -> BackupListing {
        var page = try await store.listAll(ListRequest(prefix: prefix, delimiter: "/", listsVersions: true))
        let taken = Set(page.entries.filter { $0.standing == .current }.map(\.key))
        page.entries.removeAll { $0.standing == .current }
        for index in page.entries.indices where !taken.contains(page.entries[index].key) {
            page.entries[index].standing = .deleted
        }
        let (backups, ignored, _) = reading(page)
        return BackupListing(backups: backups, ignored: ignored)
    }
}

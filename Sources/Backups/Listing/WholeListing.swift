import FoundationEssentials

extension ClusterFolder {
    /// All backups, and all names that are no backups, also of what is unfinished.
    func all() async throws -> BackupListing {
        typealias Names = (backups: [Backup], ignored: [IgnoredName], unfinishedFolder: String?)
        let names = try await reduce(into: Names([], [], nil)) { names, page in
            let more = try reading(page)
            // The first page may be all there is, and long: it is not copied.
            if names.backups.isEmpty { names.backups = more.backups } else { names.backups += more.backups }
            names.ignored += more.ignored
            names.unfinishedFolder = more.unfinishedFolder ?? names.unfinishedFolder
        }
        let unfinished = try await unfinished(in: names.unfinishedFolder)
        return BackupListing(backups: names.backups, ignored: names.ignored + unfinished, order: layout.order)
    }

    /// How many backups there are, and the newest in the layout's order.
    func summary() async throws -> ClusterSummary {
        let now = Date()
        return try await reduce(into: ClusterSummary()) { summary, page in
            let backups = try reading(page).backups
            summary.backupCount += backups.count
            summary.newest = ([summary.newest].compactMap(\.self) + backups).max {
                layout.order.lists($0, before: $1, at: now)
            }
        }
    }

    /// Of the versions that are accepted, the backups with the `count` highest revisions, and all that share the lowest
    /// of these. Where everything was read, everything is in it.
    func newest(
        _ count: Int,
        accepts: @Sendable @escaping (EtcdVersion?) -> Bool
    ) async throws -> BackupListing {
        guard case .remote(let parallelCalls) = store.traits, let keys = sortedKeys else { return try await all() }
        do {
            var search = NewestSearch(self, keys, count: count, width: parallelCalls, accepts: accepts)
            return try await search.run()
        } catch is UnsortedListing {
            return try await all()
        }
    }

    /// The names in the folder of unfinished backups, where there is one.
    func unfinished(in folder: String?) async throws -> [IgnoredName] {
        guard let folder else { return [] }
        let page = try await store.listAll(ListRequest(prefix: folder, delimiter: "/"))
        let keys = page.entries.map(\.key) + page.prefixes + page.unusable.map { folder + $0.name }
        return keys.map { IgnoredName(name: $0.afterBytes(of: prefix), reason: "it is unfinished") }
    }
}

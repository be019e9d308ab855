import FoundationEssentials
import Text

extension ClusterFolder {
    /// All backups, and all names that are no backups, also of what is unfinished.
    func all() async throws -> BackupListing {
        var names = try await reduce(into: FolderReading()) { names, page in try take(page, into: &names) }
        names.add(try await reading(names.foldersWithBackups))
        names.ignored += try await unfinished(in: names.unfinishedFolder) + orphans(in: names)
        return listing(of: names)
    }

    /// What belongs to a backup that is not there.
    private func orphans(in names: FolderReading) -> [IgnoredName] {
        if names.companions.isEmpty { return [] }
        let wanted = Set(names.backups.flatMap(\.companionKeys).map { ByteText($0) })
        return names.companions.filter { !wanted.contains(ByteText($0)) }
            .map { IgnoredName(name: $0.afterBytes(of: prefix), reason: "the snapshot that it belongs to is missing") }
    }

    func listing(of names: FolderReading, isComplete: Bool = true) -> BackupListing {
        BackupListing(
            backups: names.backups,
            ignored: names.ignored,
            deltas: names.deltas,
            order: layout.order,
            isComplete: isComplete
        )
    }

    /// How many backups there are, and the newest in the layout's order.
    func summary() async throws -> ClusterSummary {
        let now = Date()
        var folders: [String] = []
        func add(_ backups: [Backup], to summary: inout ClusterSummary) {
            summary.backupCount += backups.count
            summary.newest = ([summary.newest].compactMap(\.self) + backups).max {
                // One that can't be used proves nothing, however new it is.
                let (isUsable, isOtherUsable) = ($0.obstacles.isEmpty, $1.obstacles.isEmpty)
                return isUsable == isOtherUsable ? layout.order.lists($0, before: $1, at: now) : isOtherUsable
            }
        }
        var summary = try await reduce(into: ClusterSummary()) { summary, page in
            let names = try reading(page)
            folders += names.foldersWithBackups
            add(names.backups, to: &summary)
        }
        add(try await reading(folders).backups, to: &summary)
        return summary
    }

    /// Of the versions that are accepted, the `count` newest backups in the layout's order, and all that share the place of
    /// the last of these. Where everything was read, everything is in it.
    func newest(
        _ count: Int,
        accepts: @Sendable @escaping (EtcdVersion?) -> Bool
    ) async throws -> BackupListing {
        guard case .remote(let parallelCalls) = store.traits else { return try await all() }
        if let layout = layout as? any BackupsAmongDeltas, let newest = try await newest(among: layout) {
            return newest
        }
        do {
            if let layout = layout as? any TimedSeries {
                var search = SeriesSearch(self, layout, count: count)
                return try await search.run()
            }
            guard let keys = sortedKeys else { return try await all() }
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

import Text

/// A store with a layout in one of its folders is a source of backups.
public struct StoreSource: BackupSource {
    public let location: String
    public let root: String
    public let shortName: String
    public let address: String?
    private let store: any Store
    private var place: PlacedLayout

    /// - Parameter root: Where the keys of the store count from; `location` where that is no folder of it.
    public init(
        location: String,
        root: String? = nil,
        shortName: String,
        address: String? = nil,
        store: any Store,
        place: PlacedLayout
    ) {
        self.location = location
        self.root = root ?? location
        self.shortName = shortName
        self.address = address
        self.store = store
        self.place = place
    }

    /// The same, where times without a zone are those of this one.
    public func inTimeZone(_ zone: LocalTimeZone?) -> StoreSource {
        var source = self
        source.place.timeZone = zone
        return source
    }

    public func address(of cluster: ClusterName) -> String? {
        guard let address, let folder = folder(of: cluster) else { return nil }
        return "\(address)/\(folder.prefix)"
    }

    public var traits: StoreTraits { store.traits }

    public var needsCluster: Bool { false }

    public var namesClusters: Bool { place.namesClusters }

    public var otherLayout: OtherLayout? { place.otherLayout }

    public func overview() async throws -> SourceOverview {
        if namesClusters {
            let found = try await clusters()
            // Where names may say a cluster, none of those that are there need do it.
            if !found.clusters.isEmpty || place.layout.clusterNaming != .inNames {
                let isOnly = found.clusters.count == 1 && place.layout.clusterNaming == .none
                let only = isOnly ? try await folder(of: found.clusters.first)?.firstPage() : nil
                return .clusters(found, layout: place.layout.name, only: only)
            }
        }
        var listing = try await folder(of: nil)?.firstPage() ?? BackupListing(backups: [], ignored: [])
        listing.ignored += place.unseenFolders
        return .unnamed(layout: place.layout.name, isGuess: place.isGuess, listing)
    }

    public func clusters() async throws -> ClusterListing {
        var found = ClusterListing(clusters: [], ignored: [])
        for root in try await presentRoots() {
            switch root.content {
            case .clusters(let hasNamespaces):
                found.add(
                    try await ClustersFolder(
                        store: store,
                        layout: place.layout,
                        root: root,
                        hasNamespaces: hasNamespaces
                    )
                    .listing()
                )
            case .backups(let owner):
                if place.layout.clusterNaming == .inNames {
                    let folder = ClusterFolder(store: store, place: place, root: root, prefix: root.folder)
                    let listing = try await folder.all()
                    let names = Set(listing.backups.compactMap(\.cluster))
                    found.add(ClusterListing(clusters: Array(names), ignored: listing.ignored))
                    if listing.backups.contains(where: { $0.cluster == nil }) { found.hasUnnamedBackups = true }
                } else if let owner {
                    found.add(ClusterListing(clusters: [owner], ignored: []))
                }
            }
        }
        found.main = place.layout.mainCluster
        found.add(ClusterListing(clusters: [], ignored: place.unseenFolders))
        return found
    }

    public func firstNames(_ count: Int) async throws -> [String] {
        // Below what holds the clusters or, where that is empty, beside it.
        for folder in place.roots.map(\.folder) + [""] {
            let page = try await store.list(ListRequest(prefix: folder, delimiter: "/", limit: count + 1))
            let keys = page.entries.map(\.key).filter { $0 != folder }
            let names = (page.prefixes + keys + page.unusable.map(\.name)).map { String($0.trimmingPrefix(folder)) }
            if names.isEmpty { continue }
            let empty = folder.isEmpty ? place.roots.map(\.folder) : []
            return names.sorted().prefix(count).map { empty.contains($0) ? "\($0) (empty)" : $0 }
        }
        return []
    }

    /// Without those that were taken to hold backups, and hold none.
    private func presentRoots() async throws -> [LayoutRoot] {
        try await traits.inParallel(place.roots) { root in
            guard root.isAssumed, case .backups = root.content else { return root }
            let folder = ClusterFolder(store: store, place: place, root: root, prefix: root.folder)
            return try await folder.beginsWithBackups() ? root : nil
        }.compactMap(\.self)
    }

    public func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        guard let folder = folder(of: cluster) else { return BackupListing(backups: [], ignored: []) }
        return switch scope {
        case .all: try await folder.all()
        case .newest(let count, let accepts, _): try await folder.newest(count, accepts: accepts)
        case .named(let name): try await folder.named(name)
        case .exact(let version, let revision):
            if let name = place.layout.name(of: ParsedBackup(version: version, revision: revision)) {
                try await folder.named(name)
            } else {
                try await folder.all()
            }
        case .noncurrent(let limit): try await folder.noncurrent(limit: limit)
        }
    }

    public func has(_ cluster: ClusterName) async throws -> Bool {
        if !namesClusters { return false }
        if traits == .local || !place.layout.hasClusterFolders { return try await clusters().has(cluster) }
        // That the others are listed, too, costs a call for each of them.
        if let folder = folder(of: cluster), try await folder.beginsWithBackups() { return true }
        return try await clusters().has(cluster)
    }

    public func summary(of cluster: ClusterName) async throws -> ClusterSummary {
        try await folder(of: cluster)?.summary() ?? ClusterSummary()
    }

    public func summaries(of clusters: [ClusterName]) async throws -> [Result<ClusterSummary, any Error>] {
        guard place.layout.clusterNaming == .inNames else { return try await summariesOneByOne(of: clusters) }
        // One listing has the backups of all of them.
        var summaries: [ClusterName: ClusterSummary] = [:]
        for root in place.roots {
            let folder = ClusterFolder(store: store, place: place, root: root, prefix: root.folder)
            // From the oldest to the newest.
            for backup in try await folder.all().backups {
                guard let cluster = backup.cluster else { continue }
                summaries[cluster, default: ClusterSummary()].backupCount += 1
                summaries[cluster]?.newest = backup
            }
        }
        return clusters.map { .success(summaries[$0] ?? ClusterSummary()) }
    }

    private func folder(of cluster: ClusterName?) -> ClusterFolder? { place.backupFolder(of: cluster, in: store) }

    /// A folder of them is listed by its first page, and without the folders in it.
    public func companions(of backup: Backup) async throws -> [StoreEntry] {
        var found: [StoreEntry] = []
        for key in backup.companionKeys {
            do {
                if key.hasSuffix("/") {
                    let page = try await store.list(ListRequest(prefix: key, delimiter: "/"))
                    found += page.entries.filter { !$0.key.hasSameBytes(as: key) }
                } else {
                    found.append(try await store.stat(key))
                }
            } catch StoreError.notFound {
                continue
            }
        }
        return found
    }

    public func versionThatCounts(of backup: Backup) async throws -> StoreEntry? {
        guard place.layout.oldestVersionCounts, case .remote = traits, let entry = backup.entry, entry.state == .current
        else { return nil }
        var oldest: StoreEntry?
        do {
            // Of each name the newest version comes first.
            try await store.listPages(ListRequest(prefix: entry.key, listsVersions: true)) { page in
                let versions = page.entries.filter { $0.key.hasSameBytes(as: entry.key) }
                oldest = versions.last ?? oldest
                return !versions.isEmpty
            }
        } catch let error as StoreError where !error.isInterruption {
            // It keeps none, or shows none to this user.
            return nil
        }
        return oldest.flatMap { $0.version == entry.version || $0.state == .current ? nil : $0 }
    }

    public func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard let entry = backup.entry else { throw StoreError.notFound(backup.name) }
        try await store.read(entry, range: range ?? 0..<entry.byteCount, into: sink)
    }
}

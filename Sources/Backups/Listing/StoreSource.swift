/// A store with a layout in one of its folders is a source of backups.
public struct StoreSource: BackupSource {
    public let location: String
    public let shortName: String
    private let store: any Store
    private let place: PlacedLayout

    public init(location: String, shortName: String, store: any Store, place: PlacedLayout) {
        self.location = location
        self.shortName = shortName
        self.store = store
        self.place = place
    }

    public var traits: StoreTraits { store.traits }

    public var needsCluster: Bool { place.layout.hasClusterFolders }

    public func overview() async throws -> SourceOverview {
        if needsCluster { return .clusters(try await clusters()) }
        let listing = try await folder(of: nil)?.firstPage() ?? BackupListing(backups: [], ignored: [])
        return .unnamed(layout: place.layout.name, isGuess: place.isGuess, listing)
    }

    public func clusters() async throws -> ClusterListing {
        try await ClustersFolder(store: store, place: place).listing()
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
        if !needsCluster { return true }
        if traits == .local { return try await clusters().has(cluster) }
        // That the others are listed, too, costs a call for each of them.
        if let folder = folder(of: cluster), try await folder.beginsWithBackups() { return true }
        return try await clusters().has(cluster)
    }

    public func summary(of cluster: ClusterName) async throws -> ClusterSummary {
        try await folder(of: cluster)?.summary() ?? ClusterSummary()
    }

    private func folder(of cluster: ClusterName?) -> ClusterFolder? {
        guard place.canHave(cluster) else { return nil }
        // What the names don't say is not known of a backup, whatever its user calls it.
        return ClusterFolder(store: store, place: place, cluster: needsCluster ? cluster : nil)
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

/// A store with a layout is a source of backups.
public struct StoreSource: BackupSource {
    public let location: String
    public let shortName: String
    private let store: any Store
    private let layout: any Layout

    public init(location: String, shortName: String, store: any Store, layout: any Layout) {
        self.location = location
        self.shortName = shortName
        self.store = store
        self.layout = layout
    }

    public var traits: StoreTraits { store.traits }

    public func clusters() async throws -> ClusterListing {
        try await ClustersFolder(store: store, layout: layout).listing()
    }

    public func backups(of cluster: ClusterName, _ scope: BackupScope) async throws -> BackupListing {
        guard let folder = folder(of: cluster) else { return BackupListing(backups: [], ignored: []) }
        return switch scope {
        case .all: try await folder.all()
        case .newest(let count, let accepts, _): try await folder.newest(count, accepts: accepts)
        case .named(let name): try await folder.named(name)
        case .exact(let version, let revision):
            try await folder.named(layout.name(version: version, revision: revision))
        case .noncurrent(let limit): try await folder.noncurrent(limit: limit)
        }
    }

    public func has(_ cluster: ClusterName) async throws -> Bool {
        if traits == .local { return try await clusters().has(cluster) }
        // That the others are listed, too, costs a call for each of them.
        if let folder = folder(of: cluster), try await folder.beginsWithBackups() { return true }
        return try await clusters().has(cluster)
    }

    public func summary(of cluster: ClusterName) async throws -> ClusterSummary {
        try await folder(of: cluster)?.summary() ?? ClusterSummary()
    }

    private func folder(of cluster: ClusterName) -> ClusterFolder? {
        layout.canHave(cluster) ? ClusterFolder(store: store, layout: layout, cluster: cluster) : nil
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

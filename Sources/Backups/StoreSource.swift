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

    public func clusters() async throws -> ClusterListing {
        let page = try await store.listAll(ListRequest(prefix: layout.clustersPrefix, foldsAtSlash: true))
        var names: [String] = []
        var ignored = page.unusable
        for prefix in page.prefixes {
            let name = String(prefix.afterBytes(of: layout.clustersPrefix).dropLast())
            if let reason = layout.reasonAgainst(cluster: name) {
                ignored.append(IgnoredName(name: name, reason: reason))
            } else {
                names.append(name)
            }
        }
        ignored += page.entries.map {
            IgnoredName(
                name: $0.key.afterBytes(of: layout.clustersPrefix),
                reason: "it is a file where the clusters' folders are"
            )
        }
        return ClusterListing(names: names, ignored: ignored)
    }

    public func backups(of cluster: String) async throws -> BackupListing {
        guard layout.reasonAgainst(cluster: cluster) == nil else { return BackupListing(backups: [], ignored: []) }
        let prefix = layout.prefix(of: cluster)
        let page = try await store.listAll(ListRequest(prefix: prefix, foldsAtSlash: true))
        var backups: [Backup] = []
        backups.reserveCapacity(page.entries.count)
        var ignored = page.unusable

        for entry in page.entries {
            let name = entry.key.afterBytes(of: prefix)
            switch layout.reading(of: name) {
            case .backup(let version, let revision):
                backups.append(
                    Backup(name: name, cluster: cluster, version: version, revision: revision, entry: entry)
                )
            case .ignored(let reason):
                ignored.append(IgnoredName(name: name, reason: reason))
            }
        }
        for folder in page.prefixes {
            let name = folder.afterBytes(of: prefix)
            guard name == layout.unfinishedFolder else {
                ignored.append(IgnoredName(name: name, reason: "it is a folder"))
                continue
            }
            ignored += try await unfinished(in: folder).map {
                IgnoredName(name: $0.afterBytes(of: prefix), reason: "it is unfinished")
            }
        }
        return BackupListing(backups: backups, ignored: ignored)
    }

    private func unfinished(in folder: String) async throws -> [String] {
        let page = try await store.listAll(ListRequest(prefix: folder, foldsAtSlash: true))
        return page.entries.map(\.key) + page.prefixes + page.unusable.map { folder + $0.name }
    }

    public func read(
        _ backup: Backup,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        try await store.read(backup.entry, range: range, into: sink)
    }
}

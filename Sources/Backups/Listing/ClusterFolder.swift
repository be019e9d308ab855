/// The names in one cluster's folder, or in the one folder of a layout that names no clusters.
struct ClusterFolder: Sendable {
    let store: any Store
    let layout: any Layout
    /// `nil` where the user named none, and the layout names none.
    let cluster: ClusterName?
    /// What all keys in it begin with.
    let prefix: String

    init(store: any Store, place: PlacedLayout, cluster: ClusterName?) {
        self.store = store
        self.cluster = cluster
        layout = place.layout
        prefix = place.prefix(of: cluster)
    }

    /// Its keys, where the layout's names sort.
    var sortedKeys: BackupKeys? {
        (layout as? any SortedNames).map { BackupKeys(layout: $0, folder: prefix) }
    }

    /// What a page has: backups, and other names.
    ///
    /// - Throws: `CancellationError`: a page may have hundreds of thousands of names.
    func reading(_ page: ListPage) throws -> (backups: [Backup], ignored: [IgnoredName], unfinishedFolder: String?) {
        var backups: [Backup] = []
        backups.reserveCapacity(page.entries.count)
        var ignored = page.unusable
        for entry in page.entries {
            try Task.checkCancellation()
            let name = entry.key.afterBytes(of: prefix)
            switch layout.parse(name) {
            case .backup(let parsed):
                backups.append(
                    Backup(name: name, cluster: cluster, parsed: parsed, layout: layout.name, entry: entry)
                )
            case .ignored(let reason):
                ignored.append(IgnoredName(name: name, reason: reason))
            case .delta, .companion:
                break
            }
        }
        var unfinishedFolder: String?
        for folder in page.prefixes {
            let name = folder.afterBytes(of: prefix)
            if name == layout.unfinishedFolder {
                unfinishedFolder = folder
            } else {
                ignored.append(IgnoredName(name: name, reason: "it is a folder"))
            }
        }
        return (backups, ignored, unfinishedFolder)
    }
}

/// The names in one cluster's folder: what a store lists there, read as its layout has them.
struct ClusterFolder: Sendable {
    let store: any Store
    let layout: any Layout
    let cluster: ClusterName

    /// What all keys in it begin with.
    var prefix: String { layout.prefix(of: cluster) }

    /// What a page tells: its backups, and what is none of them.
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
            case .backup(let version, let revision):
                backups.append(
                    Backup(name: name, cluster: cluster, version: version, revision: revision, entry: entry)
                )
            case .ignored(let reason):
                ignored.append(IgnoredName(name: name, reason: reason))
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

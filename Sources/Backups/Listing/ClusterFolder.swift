import FoundationEssentials
import Text

/// The names in one cluster's folder, or in the one folder of a layout that has none for each cluster.
struct ClusterFolder: Sendable {
    let store: any Store
    let layout: any Layout
    /// What all keys in it begin with.
    let prefix: String
    /// What their paths begin with for the layout.
    private let pathPrefix: String
    /// `nil` where the user chose none, or there are no names of clusters.
    private let cluster: ClusterName?
    /// What its folder is called, where several have this layout.
    private let label: String?
    private let timeZone: LocalTimeZone?

    init(store: any Store, place: PlacedLayout, root: LayoutRoot, prefix: String, cluster: ClusterName? = nil) {
        self.store = store
        self.cluster = cluster
        self.prefix = prefix
        layout = place.layout
        pathPrefix = root.pathPrefix
        label = root.label
        timeZone = place.timeZone
    }

    /// Its keys, where the layout's names sort.
    var sortedKeys: BackupKeys? {
        (layout as? any SortedNames).map { BackupKeys(layout: $0, folder: prefix) }
    }

    /// What a page has.
    ///
    /// - Throws: `CancellationError`: a page may have hundreds of thousands of names.
    func reading(_ page: ListPage) throws -> FolderReading {
        var reading = FolderReading()
        try take(page, into: &reading)
        return reading
    }

    /// Adds what a page has.
    ///
    /// - Throws: `CancellationError`.
    func take(_ page: ListPage, into reading: inout FolderReading) throws {
        reading.ignored += page.unusable
        for entry in page.entries {
            try Task.checkCancellation()
            take(entry, into: &reading)
        }
        for folder in page.prefixes {
            let name = folder.afterBytes(of: prefix)
            if name == layout.unfinishedFolder {
                reading.unfinishedFolder = folder
            } else if layout.holdsBackups(String(name.dropLast())) {
                reading.foldersWithBackups.append(folder)
            } else {
                let reason = layout.meaning(ofFolder: String(name.dropLast()))
                reading.ignored.append(IgnoredName(name: name, reason: reason))
            }
        }
    }

    /// The keys that a companion may have.
    private func keys(ofCompanion path: String) -> [String] {
        let own = path.afterBytes(of: pathPrefix)
        guard let folder = layout.neighbourFolder.map({ $0.backupFolder + "/" }),
            prefix == folder || prefix.hasSuffix("/" + folder)
        else { return [prefix + own] }
        return [prefix + own, prefix.dropLast(folder.count) + own]
    }

    /// Takes one file for what it is.
    func take(_ entry: StoreEntry, into reading: inout FolderReading) {
        let name = entry.key.afterBytes(of: prefix)
        let path = pathPrefix + name
        switch layout.parse(path) {
        case .backup(let parsed):
            let owner = owner(of: parsed)
            if layout.clusterNaming == .inNames, let cluster {
                guard let owner else {
                    reading.ignored.append(IgnoredName(name: name, reason: "its name says no cluster"))
                    return
                }
                guard owner == cluster else { return }
            }
            if parsed.encoding.nameEnding == ".tar", entry.byteCount < Self.leastTarByteCount {
                reading.ignored.append(IgnoredName(name: name, reason: "it is too small to hold a snapshot"))
                return
            }
            var backup = Backup(
                name: name,
                cluster: owner,
                parsed: parsed,
                layout: layout.name,
                entry: entry,
                timeZone: timeZone
            )
            let companions = layout.companions(of: path)
            if !companions.isEmpty {
                backup.companionKeys = companions.flatMap(keys(ofCompanion:))
                backup.needsCompanions = layout.needsCompanions
            }
            reading.backups.append(backup)
        case .delta(let delta): reading.deltas.append(delta)
        case .companion: if layout.needsCompanions { reading.companions.append(entry.key) }
        case .ignored(let reason, _): reading.ignored.append(IgnoredName(name: name, reason: reason))
        }
    }
}

extension ClusterFolder {
    /// A snapshot has four pages or more (bbolt 1.3 `db.go`, `init`), and a page has 4096 bytes or more.
    private static let leastTarByteCount: Int64 = 4 * 4096

    /// The cluster that a backup's name says or, where it says none, its folder.
    private func owner(of parsed: ParsedBackup) -> ClusterName? {
        let named = parsed.cluster.map { name in
            // A folder that is called as the cluster is no namespace.
            ClusterName(name, namespace: label?.hasSameBytes(as: name) == true ? nil : label)
        }
        return layout.clusterNaming == .inNames ? named ?? label.map { ClusterName($0) } : cluster ?? named
    }
}

/// What the names in a folder are.
struct FolderReading: Sendable {
    var backups: [Backup] = []
    var deltas: [ParsedDelta] = []
    var ignored: [IgnoredName] = []
    /// The keys of files that belong to backups, where these are incomplete without them.
    var companions: [String] = []
    /// The key of the folder in which unfinished backups are, where there is one.
    var unfinishedFolder: String?
    /// The keys of folders in which there are more backups.
    var foldersWithBackups: [String] = []

    mutating func add(_ more: FolderReading) {
        // The first page may be all there is, and long: it is not copied.
        if backups.isEmpty { backups = more.backups } else { backups += more.backups }
        deltas += more.deltas
        ignored += more.ignored
        companions += more.companions
        unfinishedFolder = more.unfinishedFolder ?? unfinishedFolder
        foldersWithBackups += more.foldersWithBackups
    }
}

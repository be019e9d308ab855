public import FoundationEssentials

/// One backup of one cluster, as its source tells of it before any of its bytes are read.
public struct Backup: Sendable, Hashable {
    /// The backup's own name, without folders.
    public var name: String
    /// The cluster that it is a backup of.
    public var cluster: ClusterName
    /// The etcd version that wrote it.
    public var version: EtcdVersion
    /// The revision that its name tells.
    public var revision: Revision
    /// The file that it is in its store: what finds it again, and tells whether it is still the same. `nil` where its
    /// source has no files.
    public var entry: StoreEntry?
    /// When the source says that it was last written, where it does.
    public var modified: Date?
    /// About how many bytes it has, where the source tells no more than that.
    public var approximateByteCount: Int64?

    /// A file of a store.
    public init(name: String, cluster: ClusterName, version: EtcdVersion, revision: Revision, entry: StoreEntry) {
        self.name = name
        self.cluster = cluster
        self.version = version
        self.revision = revision
        self.entry = entry
        modified = entry.modified
    }

    /// One that a source has without having a file.
    public init(
        name: String,
        cluster: ClusterName,
        version: EtcdVersion,
        revision: Revision,
        modified: Date?,
        approximateByteCount: Int64?
    ) {
        self.name = name
        self.cluster = cluster
        self.version = version
        self.revision = revision
        self.modified = modified
        self.approximateByteCount = approximateByteCount
    }

    /// The size in bytes, where it is known before they come.
    public var byteCount: Int64? { entry?.byteCount }

    /// How long ago it was written; `nil` where its source reports no time.
    public func age(at now: Date) -> Age? { modified.map { Age(of: $0, at: now) } }

    /// Whether its time is ahead of now, so that it proves nothing.
    public func isInFuture(at now: Date) -> Bool { age(at: now)?.isInFuture == true }

    /// Whether a listing has it before another one: by revision, then by version, then by name; versions of one name by
    /// the time when they were written.
    public func isListedBefore(_ other: Backup) -> Bool {
        if revision != other.revision { return revision < other.revision }
        return (version, name, modified ?? .distantPast) < (other.version, other.name, other.modified ?? .distantPast)
    }
}

/// A cluster's backups, and what stood among them that is none.
public struct BackupListing: Sendable {
    /// In the order of `Backup.isListedBefore`.
    public var backups: [Backup]
    /// By name.
    public var ignored: [IgnoredName]
    /// Whether nothing was left unread: else there are more backups, all older, and perhaps more ignored names.
    public var isComplete: Bool
    /// What there is in all, where the source tells that and can't list.
    public var total: BackupTotal?

    public init(backups: [Backup], ignored: [IgnoredName], isComplete: Bool = true, total: BackupTotal? = nil) {
        self.isComplete = isComplete
        self.total = total
        // Places are sorted, not backups, which are large to move about: there can be hundreds of thousands.
        let places = backups.indices.sorted { a, b in
            if backups[a].revision != backups[b].revision { return backups[a].revision < backups[b].revision }
            return backups[a].isListedBefore(backups[b])
        }
        self.backups = backups
        self.backups.arrange(by: places)
        self.ignored = ignored.sorted { $0.name < $1.name }
    }
}

/// What a source has of a cluster, as it says itself.
public struct BackupTotal: Sendable, Hashable {
    public var count: Int
    /// About how many bytes they are together.
    public var approximateByteCount: Int64

    public init(count: Int, approximateByteCount: Int64) {
        self.count = count
        self.approximateByteCount = approximateByteCount
    }
}

extension Array {
    /// Puts the element at the n-th of these places into the n-th place, for each, without a second array of them.
    fileprivate mutating func arrange(by places: [Int]) {
        var isDone = [Bool](repeating: false, count: count)
        for start in indices where !isDone[start] {
            let first = self[start]
            var index = start
            while places[index] != start {
                self[index] = self[places[index]]
                isDone[index] = true
                index = places[index]
            }
            self[index] = first
            isDone[index] = true
        }
    }
}

/// The clusters of a source, and what stood among them that is none.
public struct ClusterListing: Sendable {
    /// By namespace, then by name.
    public var clusters: [ClusterName]
    /// By name.
    public var ignored: [IgnoredName]

    public init(clusters: [ClusterName], ignored: [IgnoredName]) {
        self.clusters = clusters.sorted()
        self.ignored = ignored.sorted { $0.name < $1.name }
    }

    /// Whether a cluster is called so, byte for byte.
    public func has(_ cluster: ClusterName) -> Bool {
        clusters.contains {
            $0.name.utf8.elementsEqual(cluster.name.utf8)
                && ($0.namespace ?? "").utf8.elementsEqual((cluster.namespace ?? "").utf8)
        }
    }
}

/// A name that is no backup, and why. Such names are counted and shown, never silently skipped.
public struct IgnoredName: Sendable, Hashable {
    /// As it stands in the source: it may hold anything.
    public var name: String
    /// The second half of a sentence: `its revision has 15 digits, not 16`.
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}

public import FoundationEssentials
import Text

/// One backup, as far as its source describes it before any of its bytes are read.
public struct Backup: Sendable, Hashable {
    /// What users call it: mostly its file's name. It holds a `/` where backups lie in folders of their own, and their
    /// names don't tell them apart.
    public var name: String
    /// The cluster that it is a backup of; `nil` where the source does not name clusters.
    public var cluster: ClusterName?
    /// The etcd version that wrote it; `nil` where its name does not say.
    public var version: EtcdVersion?
    /// The revision that its name says; `nil` where it says none.
    public var revision: Revision?
    /// The revision that its own pages say, where these were read and its name says none.
    public var readRevision: Revision?
    /// The file that it is in its store: what finds it again, and shows whether it is still the same. `nil` where its
    /// source has no files.
    public var entry: StoreEntry?
    /// When it was written: as its name says or, without that, when the source last saw it change. `nil` where that is
    /// unknown.
    public var modified: Date?
    /// What its bytes are, as its name says.
    public var encoding: BackupEncoding
    /// The layout that it was found by; `nil` where its source has none.
    public var layout: String?
    /// The node whose etcd it was taken from; `nil` where its name does not say.
    public var node: String?
    /// What made it, in a word: `scheduled`, `on-demand`; `nil` where its name does not say.
    public var kind: String?
    /// Whether `modified` is that of a clock on a wall, whose zone is unknown: it is taken for UTC.
    public var hasLocalTime = false
    /// Whether its name says `modified`.
    public var isTimeNamed = false
    /// The keys of files beside it that may be there and belong to it.
    public var companionKeys: [String] = []
    /// Whether its distribution can't restore it without them.
    public var needsCompanions = false
    /// Whether it was looked into, and holds no snapshot.
    public var isWithoutSnapshot = false
    /// About how many bytes it has, where the source reports no exact number.
    public var approximateByteCount: Int64?

    /// A file of a store.
    public init(
        name: String,
        cluster: ClusterName?,
        version: EtcdVersion? = nil,
        revision: Revision? = nil,
        encoding: BackupEncoding = .raw,
        entry: StoreEntry
    ) {
        self.name = name
        self.cluster = cluster
        self.version = version
        self.revision = revision
        self.encoding = encoding
        self.entry = entry
        modified = entry.modified
    }

    /// A file of a store whose name a layout has parsed.
    ///
    /// - Parameter timeZone: That of a time whose zone the name does not say; `nil` where it is unknown.
    init(
        name: String,
        cluster: ClusterName?,
        parsed: ParsedBackup,
        layout: String,
        entry: StoreEntry,
        timeZone: LocalTimeZone? = nil
    ) {
        self.init(
            name: parsed.name ?? name,
            cluster: cluster,
            version: parsed.version,
            revision: parsed.revision,
            encoding: parsed.encoding,
            entry: entry
        )
        self.layout = layout
        node = parsed.node
        kind = parsed.kind
        if let time = parsed.time {
            let zone = parsed.hasLocalTime ? timeZone : nil
            modified = zone?.date(fromLocal: time) ?? time
            hasLocalTime = parsed.hasLocalTime && zone == nil
            isTimeNamed = true
        }
    }

    /// One that a source has without having a file.
    public init(
        name: String,
        cluster: ClusterName?,
        version: EtcdVersion?,
        revision: Revision?,
        modified: Date?,
        approximateByteCount: Int64?
    ) {
        self.name = name
        self.cluster = cluster
        self.version = version
        self.revision = revision
        self.modified = modified
        self.approximateByteCount = approximateByteCount
        encoding = .raw
    }

    /// Its revision as far as it is known: by its name, else by its pages.
    public var knownRevision: Revision? { revision ?? readRevision }

    /// The size in bytes, as stored; `nil` where it is unknown before they come.
    public var byteCount: Int64? { entry?.byteCount }

    /// Where a file that belongs to it lies beside it: its path, seen from the lowest folder that holds both.
    public func companionPath(of key: String) -> String {
        let folders = PathParts.names(in: entry?.key ?? name).dropLast()
        let path = PathParts.names(in: key)
        let sharedCount = zip(folders, path.dropLast()).prefix { $0 == $1 }.count
        return path.dropFirst(sharedCount).joined(separator: "/")
    }

    /// How long ago it was written, to some hours where its time has no zone; `nil` where its time is unknown.
    public func age(at now: Date) -> Age? { modified.map { Age(of: $0, at: now, isLocal: hasLocalTime) } }

    /// Whether its time is ahead of now, so that it proves nothing.
    public func isInFuture(at now: Date) -> Bool { age(at: now)?.isInFuture == true }

    /// Whether it is the same one, whatever else is known of it by now.
    public func isSame(as other: Backup?) -> Bool {
        guard let other else { return false }
        return name.hasSameBytes(as: other.name) && cluster == other.cluster && entry == other.entry
    }

    /// Whether it can be restored into an etcd version; `nil` where its own version is unknown.
    public func isRestorable(into target: EtcdVersion) -> Bool? { version?.isRestorable(into: target) }
}

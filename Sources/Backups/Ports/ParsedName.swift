public import FoundationEssentials

/// What a name is.
public enum ParsedName: Sendable, Equatable {
    case backup(ParsedBackup)
    /// Changes since the backup before it: not to be restored alone.
    case delta(ParsedDelta)
    /// It belongs to a backup.
    case companion
    /// No backup: the second half of a sentence says why. One of another form may be another layout's.
    case ignored(reason: String, hasOtherForm: Bool = false)
}

/// What a backup's name says.
public struct ParsedBackup: Sendable, Equatable {
    /// What users call it; `nil` for its path.
    public var name: String?
    /// The cluster, without its namespace; `nil` where the name does not say.
    public var cluster: String?
    /// The etcd version that wrote it; `nil` where the name does not say.
    public var version: EtcdVersion?
    /// Its revision; `nil` where the name does not say.
    public var revision: Revision?
    /// When it was written; `nil` where the name does not say.
    public var time: Date?
    /// Whether the time is that of a clock on a wall: its zone is unknown, and it is given as if it were UTC.
    public var hasLocalTime: Bool
    /// The node whose etcd it was taken from; `nil` where the name does not say.
    public var node: String?
    /// What made it, in a word: `scheduled`, `on-demand`; `nil` where the name does not say.
    public var kind: String?
    public var encoding: BackupEncoding

    public init(
        name: String? = nil,
        cluster: String? = nil,
        version: EtcdVersion? = nil,
        revision: Revision? = nil,
        time: Date? = nil,
        hasLocalTime: Bool = false,
        node: String? = nil,
        kind: String? = nil,
        encoding: BackupEncoding = .raw
    ) {
        self.name = name
        self.cluster = cluster
        self.version = version
        self.revision = revision
        self.time = time
        self.hasLocalTime = hasLocalTime
        self.node = node
        self.kind = kind
        self.encoding = encoding
    }
}

/// What the name of a file with changes says.
public struct ParsedDelta: Sendable, Hashable {
    /// The last revision in it.
    public var lastRevision: Revision?
    /// When it was written.
    public var time: Date?

    public init(lastRevision: Revision? = nil, time: Date? = nil) {
        self.lastRevision = lastRevision
        self.time = time
    }
}

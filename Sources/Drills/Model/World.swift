/// What a drill builds: clusters with backups, the places that have them, and what is wrong with those.
public struct World: Sendable, Equatable {
    public var clusters: [WorldCluster] = []
    /// How many further clusters with ordinary backups lie beside them.
    public var otherClusterCount = 0
    public var service: WorldService?
    public var bucket: WorldBucket?
    public var volume: WorldVolume?
    /// Data directories of members, as a crash left them.
    public var dataDirectories: [WorldDataDirectory] = []

    public init() {}
}

public struct WorldCluster: Sendable, Equatable {
    public var name: String
    public var backups: [WorldBackup]

    public init(name: String, backups: [WorldBackup]) {
        self.name = name
        self.backups = backups
    }
}

/// One backup of a world.
public struct WorldBackup: Sendable, Equatable {
    /// What conditions call it; unique in the drill.
    public var id: String
    /// The name of a snapshot that the program carries, or the path of a file beside the drill.
    public var content: String
    /// How long before the start it was written.
    public var age: Duration
    /// The version that its name says; that of its content where nothing is said.
    public var etcdVersion: String?
    /// The revision that its name says; that of its content where nothing is said.
    public var revision: Int64?
    /// Reached by free pages at the end; `nil` for the content's own size. In bytes.
    public var byteCount: Int64?
    public var damage: Damage?
    /// Where it lies.
    public var places: Set<SourceKind>
    /// Whether it was deleted from a bucket that keeps versions.
    public var isDeleted = false

    public init(id: String, content: String, age: Duration, places: Set<SourceKind>) {
        self.id = id
        self.content = content
        self.age = age
        self.places = places
    }

    /// What is wrong with its bytes.
    public enum Damage: String, Sendable, CaseIterable {
        /// One byte in the middle is another one: the size is right, the checksum is not.
        case altered
        /// The second half is missing.
        case truncated
        /// It has no bytes.
        case empty
    }
}

/// The three ways to reach backups.
public enum SourceKind: String, Sendable, CaseIterable, Codable {
    case service, bucket, volume
}

/// The backup service of one cluster: `http://CLUSTER-backup-sidecar:19999`.
public struct WorldService: Sendable, Equatable {
    /// Whose backups it has.
    public var cluster: String
    public var faults = Faults()

    public init(cluster: String) { self.cluster = cluster }
}

public struct WorldBucket: Sendable, Equatable {
    public var name: String
    /// What the keys begin with, without a slash at the end; may be empty.
    public var prefix = ""
    /// Whether it keeps deleted objects.
    public var keepsVersions = false
    public var faults = Faults()

    public init(name: String) { self.name = name }
}

public struct WorldVolume: Sendable, Equatable {
    /// An absolute path that `use pv` maps to the sandbox, or a path within the folder `work`. Its `v1` is in there.
    public var path: String
    public var faults = Faults()

    public init(path: String) { self.path = path }
}

/// The data directory of one member, with its data of some time.
public struct WorldDataDirectory: Sendable, Equatable {
    /// Within the folder `work`.
    public var path: String
    /// The id of the backup whose keys it has.
    public var backup: String
    public var memberName: String
    /// `name=url,…`
    public var initialCluster: String
    public var token: String

    public init(path: String, backup: String, memberName: String, initialCluster: String, token: String) {
        self.path = path
        self.backup = backup
        self.memberName = memberName
        self.initialCluster = initialCluster
        self.token = token
    }
}

/// What a drill builds: clusters with backups, the places that have them, and what is wrong with those.
package struct World: Sendable, Equatable {
    package var clusters: [WorldCluster] = []
    /// How many further clusters with ordinary backups lie beside them.
    package var otherClusterCount = 0
    package var service: WorldService?
    package var bucket: WorldBucket?
    package var volume: WorldVolume?
    /// Data directories of members, as a crash left them.
    package var dataDirectories: [WorldDataDirectory] = []

    package init() {}
}

package struct WorldCluster: Sendable, Equatable {
    package var name: String
    package var backups: [WorldBackup]

    package init(name: String, backups: [WorldBackup]) {
        self.name = name
        self.backups = backups
    }
}

/// One backup of a world.
package struct WorldBackup: Sendable, Equatable {
    /// What conditions call it; unique in the drill.
    package var id: String
    /// The name of a snapshot that the program carries, or the path of a file beside the drill.
    package var content: String
    /// How long before the start it was written.
    package var age: Duration
    /// The version that its name says; that of its content where nothing is said.
    package var etcdVersion: String?
    /// The revision that its name says; that of its content where nothing is said.
    package var revision: Int64?
    /// Reached by free pages at the end; `nil` for the content's own size. In bytes.
    package var byteCount: Int64?
    package var damage: Damage?
    /// Where it lies.
    package var places: Set<SourceKind>
    /// Whether it was deleted from a bucket that keeps versions.
    package var isDeleted = false

    package init(id: String, content: String, age: Duration, places: Set<SourceKind>) {
        self.id = id
        self.content = content
        self.age = age
        self.places = places
    }

    /// What is wrong with its bytes.
    package enum Damage: String, Sendable, CaseIterable {
        /// One byte in the middle is another one: the size is right, the checksum is not.
        case altered
        /// The second half is missing.
        case truncated
        /// It has no bytes.
        case empty
    }
}

/// The three ways to reach backups.
package enum SourceKind: String, Sendable, CaseIterable, Codable {
    case service, bucket, volume
}

/// The backup service of one cluster: `http://CLUSTER-backup-sidecar:19999`.
package struct WorldService: Sendable, Equatable {
    /// Whose backups it has.
    package var cluster: String
    package var faults = Faults()

    package init(cluster: String) { self.cluster = cluster }
}

package struct WorldBucket: Sendable, Equatable {
    package var name: String
    /// What the keys begin with, without a slash at the end; may be empty.
    package var prefix = ""
    /// Whether it keeps deleted objects.
    package var keepsVersions = false
    package var faults = Faults()

    package init(name: String) { self.name = name }
}

package struct WorldVolume: Sendable, Equatable {
    /// An absolute path that `use pv` maps to the sandbox, or a path within the folder `work`. Its `v1` is in there.
    package var path: String
    package var faults = Faults()

    package init(path: String) { self.path = path }
}

/// The data directory of one member, with its data of some time.
package struct WorldDataDirectory: Sendable, Equatable {
    /// Within the folder `work`.
    package var path: String
    /// The id of the backup whose keys it has.
    package var backup: String
    package var memberName: String
    /// `name=url,…`
    package var initialCluster: String
    package var token: String

    package init(path: String, backup: String, memberName: String, initialCluster: String, token: String) {
        self.path = path
        self.backup = backup
        self.memberName = memberName
        self.initialCluster = initialCluster
        self.token = token
    }
}

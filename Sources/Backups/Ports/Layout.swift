/// How backups lie in a folder, and what their names say: pure functions of names. It knows no store.
///
/// A layout that was recognised in a folder is a `PlacedLayout`. What most layouts have in common is in an extension
/// below.
public protocol Layout: Sendable {
    /// What users call it: `operator`.
    var name: String { get }

    /// What it is, in a few words: `backups of the etcd operator's sidecar`.
    var summary: String { get }

    /// How its backups are sorted.
    var order: BackupOrder { get }

    /// Where the names of clusters are.
    var clusterNaming: ClusterNaming { get }

    /// Whether in a bucket the folders of clusters may be in folders of namespaces.
    var mayHaveNamespaces: Bool { get }

    /// Folders that show that it is this layout, each with its `/`: `v1/`, `backups/etcd/main/`; or what names in one
    /// begin with: `v1/Backup-`.
    var landmarks: [String] { get }

    /// Where its backups or its clusters' folders go in a place that is empty: empty, or ending in `/`.
    var topFolder: String { get }

    /// Where the backups are on the disk of a machine, from its root, each with its `/`.
    var usualFolders: [String] { get }

    /// How sure it is that a folder is laid out so, and where in it; `nil` where it is not.
    func match(_ folder: FolderView) -> LayoutMatch?

    /// Folders in a folder whose names suggest this layout, without proving it: what is in them decides.
    func likelyFolders(in folder: FolderView) -> [String]

    /// Why a folder can't be a cluster's or a namespace's, by its name, or `nil` where it can.
    func reasonAgainst(cluster: String) -> String?

    /// What a folder beside the backups is that holds none, by its name without `/`: the second half of a sentence.
    func meaning(ofFolder name: String) -> String

    /// Whether a folder beside the backups, by its name without `/`, holds backups, too: one or several.
    func holdsBackups(_ folder: String) -> Bool

    /// What a file is, by its path below the folder of the backups: `name`, or `folder/name` in a folder that holds
    /// backups.
    func parse(_ path: String) -> ParsedName

    /// The name of a backup: the inverse of `parse(_:)`. `nil` where a name can't say all of that.
    func name(of backup: ParsedBackup) -> String?

    /// The folder beside the backups in which unfinished ones are written, with its `/`; `nil` where there is none.
    var unfinishedFolder: String? { get }

    /// The file that is written last into a folder that holds backups: without it the folder is unfinished.
    var completion: CompletionFile? { get }

    /// Files that may lie beside a backup and belong to it, as paths like the backup's own; of a folder, with a `/` at
    /// its end, all files in it.
    ///
    /// - Parameter path: The backup's path, as `parse(_:)` took it.
    func companions(of path: String) -> [String]

    /// Whether a backup can't be restored in its distribution's own way without its companions.
    var needsCompanions: Bool { get }

    /// Where companions also lie beside the folder of the backups, under the same paths; `nil` where they don't.
    var neighbourFolder: NeighbourFolder? { get }

    /// The cluster that is meant where a user names only its namespace: `main`, of kops.
    var mainCluster: String? { get }

    /// Whether of a backup that was overwritten the oldest version counts, where the store keeps versions.
    var oldestVersionCounts: Bool { get }

    /// Whether what it is about is recovered without snapshots, so that only the help on that leads on.
    var isWithoutSnapshots: Bool { get }

    /// What lies in a folder that holds no backups, where the layout knows it, as a sentence without its subject: "is a
    /// restic repository".
    func explanation(of folder: FolderView) -> String?
}

extension Layout {
    public var mayHaveNamespaces: Bool { false }
    public var landmarks: [String] { [] }
    public var topFolder: String { "" }
    public func likelyFolders(in folder: FolderView) -> [String] { [] }
    public var usualFolders: [String] { [] }
    public var unfinishedFolder: String? { nil }
    public var completion: CompletionFile? { nil }
    public var mainCluster: String? { nil }
    public func holdsBackups(_ folder: String) -> Bool { false }
    public func reasonAgainst(cluster: String) -> String? {
        ClusterName.canBePart(cluster) ? nil : "no cluster can be called so"
    }
    public func meaning(ofFolder name: String) -> String { "it is a folder" }
    public func name(of backup: ParsedBackup) -> String? { nil }
    public func companions(of path: String) -> [String] { [] }
    public var oldestVersionCounts: Bool { false }
    public var needsCompanions: Bool { false }
    public var neighbourFolder: NeighbourFolder? { nil }
    public func explanation(of folder: FolderView) -> String? { nil }
    public var isWithoutSnapshots: Bool { false }

    /// Whether each cluster has a folder of its own.
    public var hasClusterFolders: Bool { clusterNaming == .folders }
}

/// Where a layout has the names of clusters.
public enum ClusterNaming: Sendable, Equatable {
    /// Nowhere.
    case none
    /// Each cluster has a folder.
    case folders
    /// In the names of the backups, which lie together.
    case inNames
}

/// A file that shows that a folder's backups are finished.
public struct CompletionFile: Sendable, Equatable {
    /// Its name in the folder.
    public var name: String
    /// A text that it contains; `nil` where it is enough that it is there.
    public var text: String?

    public init(name: String, text: String? = nil) {
        self.name = name
        self.text = text
    }
}

/// A folder of companions beside the folder of the backups.
public struct NeighbourFolder: Sendable, Equatable {
    /// What it is called: `.metadata`.
    public var name: String
    /// What the folder of the backups is called there: `snapshots`.
    public var backupFolder: String

    public init(name: String, beside backupFolder: String) {
        self.name = name
        self.backupFolder = backupFolder
    }
}

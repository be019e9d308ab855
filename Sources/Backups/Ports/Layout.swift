public import FoundationEssentials

/// How backups lie in a folder, and what their names say: pure functions of names. It knows no store.
///
/// A layout that was recognised in a folder is a `PlacedLayout`.
public protocol Layout: Sendable {
    /// What users call it: `operator`.
    var name: String { get }

    /// What it is, in a few words: `backups of the etcd operator's sidecar`.
    var summary: String { get }

    /// How its backups are sorted.
    var order: BackupOrder { get }

    /// Whether there is a folder for each cluster. Otherwise all backups lie in one folder, and may be of any cluster.
    var namesClusters: Bool { get }

    /// Folders that show that it is this layout, each with its `/`. They are looked for before any names are read.
    var landmarks: [String] { get }

    /// How sure it is that a folder is laid out so, and where in it; `nil` where it is not.
    func match(_ folder: FolderView) -> LayoutMatch?

    /// Why a folder can't be a cluster's or a namespace's, by its name, or `nil` where it can.
    func reasonAgainst(cluster: String) -> String?

    /// What a file is that lies where the backups are, by its name without the folder.
    func parse(_ name: String) -> ParsedName

    /// The name of a backup: the inverse of `parse(_:)`. `nil` where a name can't say all of that.
    func name(of backup: ParsedBackup) -> String?

    /// The folder beside the backups in which unfinished ones are written, with its `/`; `nil` where there is none.
    var unfinishedFolder: String? { get }
}

/// What a name is.
public enum ParsedName: Sendable, Equatable {
    case backup(ParsedBackup)
    /// No backup: the second half of a sentence says why.
    case ignored(reason: String)
}

/// What a backup's name says.
public struct ParsedBackup: Sendable, Equatable {
    /// The etcd version that wrote it; `nil` where the name does not say.
    public var version: EtcdVersion?
    /// Its revision; `nil` where the name does not say.
    public var revision: Revision?
    /// When it was written; `nil` where the name does not say.
    public var time: Date?
    public var encoding: BackupEncoding

    public init(
        version: EtcdVersion? = nil,
        revision: Revision? = nil,
        time: Date? = nil,
        encoding: BackupEncoding = .raw
    ) {
        self.version = version
        self.revision = revision
        self.time = time
        self.encoding = encoding
    }
}

/// What is seen of a folder before its layout is known.
public struct FolderView: Sendable {
    /// The folder's own name, without `/`; empty where it has none, as a bucket.
    public var name: String
    /// Which of the layouts' landmarks are in it.
    public var landmarks: Set<String>
    /// The names of the files in it, perhaps only the first thousands; empty where they were not looked at.
    public var files: [String]

    public init(name: String, landmarks: Set<String> = [], files: [String] = []) {
        self.name = name
        self.landmarks = landmarks
        self.files = files
    }
}

/// How sure a layout is of a folder, and where in it the backups or the clusters' folders lie.
public struct LayoutMatch: Sendable, Equatable {
    public enum Certainty: Sendable, Comparable {
        /// Taken where no other layout is found.
        case fallback
        case likely
        case certain
    }

    public var certainty: Certainty
    /// Below the folder that was looked at: empty, or ending in `/`.
    public var folder: String

    public init(_ certainty: Certainty, folder: String = "") {
        self.certainty = certainty
        self.folder = folder
    }
}

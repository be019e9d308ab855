/// What is seen of a folder before its layout is known.
public struct FolderView: Sendable {
    /// The names of the folders that lead to it and its own, as far as they are known; empty for a bucket.
    public var path: [String]
    /// The layouts' landmarks that are in it.
    public var landmarks: Set<String>
    /// The names of the files in it, perhaps only the first thousands.
    public var files: [String]
    /// The names of the folders in it, without `/`, perhaps only the first thousands.
    public var folders: [String]

    public init(path: [String] = [], landmarks: Set<String> = [], files: [String] = [], folders: [String] = []) {
        self.path = path
        self.landmarks = landmarks
        self.files = files
        self.folders = folders
    }

    /// Its own name, without `/`; empty where it has none, as a bucket.
    public var name: String { path.last ?? "" }
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
    /// Whether the folder itself is one that holds backups, one level below the folder of the layout.
    public var isInsideBackupFolder: Bool

    public init(
        _ certainty: Certainty,
        folder: String = "",
        isInsideBackupFolder: Bool = false
    ) {
        self.certainty = certainty
        self.folder = folder
        self.isInsideBackupFolder = isInsideBackupFolder
    }
}

import Backups
import Files
import Snapshot
import Text

/// What is known about the file that was last downloaded or verified.
struct FileFacts: Sendable {
    /// The path as it was given.
    var path: String
    var byteCount: Int64
    /// The SHA-256 of the whole file, as `sha256sum` prints it.
    var sha256: String
    /// The cluster's revision when the snapshot was saved, read from the file.
    var revision: Revision
    var contents: SnapshotContents
    /// Whether a SHA-256 proves that the file is complete.
    var isVerified: Bool
    /// Identifies this state of the file, to detect changes; `nil` if unknown.
    var mark: FileMark?
    /// The backup that it was downloaded as; absent where it was only verified.
    var origin: FileOrigin?
    /// What was chosen when it was downloaded or verified.
    var choice = SessionChoice()
}

/// Which backup a file was downloaded as.
struct FileOrigin: Sendable {
    /// Its name.
    var backup: String
    var cluster: ClusterName?
    /// Where the source is.
    var location: String
}

extension FileFacts {
    /// A file that was downloaded, or that was there already.
    @MainActor
    init(_ file: DownloadedFile, of pick: Backup, from source: any BackupSource, in session: Session) {
        self.init(
            path: file.path,
            byteCount: file.byteCount,
            sha256: file.sha256,
            revision: file.revision,
            contents: file.contents,
            isVerified: file.isProvenWhole,
            mark: file.mark,
            origin: FileOrigin(backup: pick.name, cluster: pick.cluster, location: source.location),
            choice: session.choice
        )
    }

    /// A file that was verified in a session.
    ///
    /// - Parameter earlier: The file of the session before: where this is the same, what is known of it stays known.
    @MainActor
    func verified(after earlier: FileFacts?, in session: Session) -> FileFacts {
        var facts = self
        if let earlier, earlier.path.hasSameBytes(as: path), mark != nil, earlier.mark == mark {
            (facts.origin, facts.choice) = (earlier.origin, earlier.choice)
        } else {
            facts.choice = session.choice
        }
        return facts
    }
}

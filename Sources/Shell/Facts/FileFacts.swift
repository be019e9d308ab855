import Backups
import Files
import Snapshot

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
}

extension FileFacts {
    init(_ file: DownloadedFile) {
        self.init(
            path: file.path,
            byteCount: file.byteCount,
            sha256: file.sha256,
            revision: file.revision,
            contents: file.contents,
            isVerified: file.isProvenWhole,
            mark: file.mark
        )
    }
}

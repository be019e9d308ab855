import Backups
import Files
import Snapshot

/// What is known of the file that was last downloaded or verified.
struct FileFacts: Sendable {
    /// As it was given.
    var path: String
    var byteCount: Int64
    /// Of the whole file, as `sha256sum` prints it.
    var sha256: String
    /// The cluster's when it was saved, as the file itself tells.
    var revision: Revision
    var contents: SnapshotContents
    /// Whether a SHA-256 proves that it is whole.
    var isVerified: Bool
    /// What shows whether it has changed since; `nil` where that is unknown.
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
            isVerified: true,
            mark: file.mark
        )
    }
}

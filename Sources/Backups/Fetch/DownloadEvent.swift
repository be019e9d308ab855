public import Files

/// What happens on the way of a download that a user should know of.
public enum DownloadEvent: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// An interrupted one, whose bytes are not resumed.
        case leftover
        /// What an earlier download left is of another backup, or of one that changed since.
        case otherBackup
        /// With the bytes that an earlier one left, the file was not sound.
        case unsound
        /// It broke off, for a reason that is a sentence, and its source can't continue in the middle.
        case interrupted(reason: String)
    }

    /// Resumes an earlier download, which has so many bytes.
    case resumed(doneByteCount: Int64)
    /// What an earlier download left is dropped.
    case startedOver(Reason)
    /// It ended too early, and so many bytes are kept in a hidden file for a later one.
    case kept(doneByteCount: Int64, path: String)
    /// It ended while a call to the destination's file system was without an answer: what was written may stay there.
    case leftBehind
    /// So many bytes after the encoded snapshot are ignored.
    case ignoredBytes(count: Int64)
    /// The destination's file system cannot do it.
    case missing(MissingSafeguard)
}

public import Files
public import Snapshot

/// A snapshot that was downloaded and found sound.
public struct DownloadedFile: Sendable, Equatable {
    /// As the destination was given.
    public var path: String
    /// The size of the snapshot in bytes.
    public var byteCount: Int64
    /// Of the whole snapshot, as `sha256sum` prints it.
    public var sha256: String
    /// The cluster's when it was saved, as the file itself says.
    public var revision: Revision
    /// What is in it.
    public var contents: SnapshotContents
    /// From the first byte to the synced name.
    public var duration: Duration
    public var origin = Origin.downloaded
    /// Whether a SHA-256 at its end proves that it is whole: one without is only taken where that was asked for.
    public var isProvenWhole = true
    /// What the backup's bytes are, as they show themselves.
    public var encoding = BackupEncoding.raw
    /// What was around the snapshot in the backup; `nil` where that was not looked at.
    public var unpacked: Unpacked?
    /// How many bytes the file has, where it keeps them as they are stored; `nil` where it is the snapshot itself.
    public var storedByteCount: Int64?
    /// What shows whether it has changed since; `nil` where that is unknown.
    public var mark: FileMark?

    /// Where it is from.
    public enum Origin: Sendable {
        case downloaded
        /// It was there already, with the size and the SHA-256 of the backup; or with those bytes of a packed one.
        case thereByContent
        /// It was there already, with the size and the CRC-32 that the packed backup says of it.
        case thereByChecksum
        /// It was there already, with the revision of the backup and the version of its cluster: no more is known of
        /// it.
        case thereByRevision
    }
}

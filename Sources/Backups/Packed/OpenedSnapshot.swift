public import Snapshot

/// A snapshot that is open for reading, packed or not.
public struct OpenedSnapshot: Sendable {
    /// The snapshot itself; decoded, where it was packed.
    public var file: SnapshotFile
    /// What it was packed in: `raw` where the file is the snapshot itself.
    public var encoding: BackupEncoding
    /// How many bytes the file has that it is in.
    public var storedByteCount: Int64
    /// How many bytes behind the encoded ones were ignored.
    public var ignoredByteCount: Int64 = 0
    /// What was found around it; `nil` where it is not packed.
    public var unpacked: Unpacked?

    public var isPacked: Bool { encoding != .raw }
}

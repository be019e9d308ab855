public import Snapshot

/// A snapshot that is open for reading, packed or not.
public struct OpenedSnapshot: Sendable {
    /// The snapshot itself; decoded, where it was packed.
    public var file: SnapshotFile
    /// What was around it.
    public var unpacked = Unpacked()
    /// How many bytes the file has that it is in.
    public var storedByteCount: Int64

    public var isPacked: Bool { !unpacked.layers.isEmpty }
}

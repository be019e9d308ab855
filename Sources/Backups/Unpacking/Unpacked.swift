/// What was found around a snapshot.
public struct Unpacked: Sendable, Equatable {
    /// From the outermost on; none where the snapshot lies as it is.
    public var layers: [BackupEncoding] = []
    /// The size of the snapshot in bytes; 0 where it was only looked for, and its archive does not say it.
    public var byteCount: Int64 = 0
    /// The archive's entry that is the snapshot; `nil` where it is in none.
    public var entry: PackedEntry?
    /// All other entries, in order.
    public var companions: [PackedEntry] = []
    /// How many bytes after the encoded ones were ignored, because they don't belong to them.
    public var ignoredByteCount: Int64 = 0
}

/// Takes the bytes of a companion: an entry of an archive that is not the snapshot.
public protocol CompanionSink {
    /// Takes the next bytes.
    ///
    /// - Throws: What ends the unpacking.
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// All bytes came.
    func finish() throws
    /// It is no companion: the snapshot was packed in it. What was written is to be forgotten.
    func drop()
}

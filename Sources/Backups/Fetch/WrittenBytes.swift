import Snapshot

/// Which bytes of a partial file are written, and what is worth doing about them.
struct WrittenBytes {
    var ranges = ByteRanges()
    /// Whether the file has its final name: from then on it is not ours to write to, nor to remove.
    var isPublished = false
    /// Up to where the kernel was asked to begin writing to the disk.
    private var flushedByteCount: Int64 = 0
    /// How many bytes there were when it was noted which.
    private var notedByteCount: Int64 = 0

    /// The written bytes that may wait in memory before the disk is kept busy with them, and that a kill may lose.
    private static let maxWaitingByteCount: Int64 = 8 << 20

    /// What has become due with some bytes.
    struct Due {
        /// Bytes without a gap before them, for the disk to begin with.
        var unflushed: Range<Int64>?
        /// Whether it should be noted which bytes there are.
        var isWorthNoting = false
    }

    /// Takes written bytes.
    mutating func insert(_ range: Range<Int64>) -> Due {
        ranges.insert(range)
        var due = Due()
        let contiguousByteCount = ranges.contiguousByteCount
        if contiguousByteCount - flushedByteCount >= Self.maxWaitingByteCount {
            due.unflushed = flushedByteCount..<contiguousByteCount
            flushedByteCount = contiguousByteCount
        }
        let byteCount = ranges.byteCount
        if byteCount - notedByteCount >= Self.maxWaitingByteCount {
            due.isWorthNoting = true
            notedByteCount = byteCount
        }
        return due
    }
}

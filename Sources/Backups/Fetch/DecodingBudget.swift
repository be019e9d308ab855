import Files

/// How much a backup may decode to: what a disk has room for, and never without end.
package enum DecodingBudget {
    /// Eight times the largest size that etcd's documents suggest for a database (8 GiB).
    private static let maxByteCount: Int64 = 64 << 30

    /// - Parameters:
    ///   - descriptor: The file that it is decoded into.
    ///   - reservedByteCount: What else is still to be written there.
    /// - Returns: What is free there but a sixteenth, so that the disk is never full of it.
    package static func byteCount(at descriptor: Int32, reservedByteCount: Int64 = 0) -> Int64 {
        guard let free = FreeSpace.byteCount(at: descriptor) else { return maxByteCount }
        return min(maxByteCount, max(0, free - free / 16 - reservedByteCount))
    }
}

import Files

/// How much a disk has room for of what a backup decodes to.
package enum DecodingBudget {
    /// - Parameters:
    ///   - descriptor: The file that it is decoded into.
    ///   - reservedByteCount: What else is still to be written there.
    package static func byteCount(at descriptor: Int32, reservedByteCount: Int64 = 0) -> Int64 {
        guard let free = FreeSpace.byteCount(at: descriptor) else { return .max }
        return max(0, share(of: free) - reservedByteCount)
    }

    /// What is free but a sixteenth, so that the disk is never full of it.
    static func share(of freeByteCount: Int64) -> Int64 { freeByteCount - freeByteCount / 16 }
}

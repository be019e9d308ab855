import Snapshot

extension Page.Header {
    /// All 16 of them.
    package var bytes: [UInt8] {
        id.littleEndianBytes + flags.littleEndianBytes + UInt16(truncatingIfNeeded: count).littleEndianBytes
            + UInt32(truncatingIfNeeded: overflow).littleEndianBytes
    }
}

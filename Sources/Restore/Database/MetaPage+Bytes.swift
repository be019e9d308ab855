import Snapshot

extension MetaPage {
    /// As it stands behind the page's header, its checksum included.
    package var bytes: [UInt8] {
        let fields =
            FileKind.boltMagic + UInt32(2).littleEndianBytes
            + UInt32(truncatingIfNeeded: pageByteCount).littleEndianBytes
            + UInt32(0).littleEndianBytes + rootPage.littleEndianBytes + sequence.littleEndianBytes
            + (freelistPage ?? .max).littleEndianBytes + pageCount.littleEndianBytes + transaction.littleEndianBytes
        return fields + Self.checksum(of: fields).littleEndianBytes
    }
}

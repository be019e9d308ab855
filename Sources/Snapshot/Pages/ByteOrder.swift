extension [UInt8] {
    /// The integer that begins at an offset, where all its bytes are within the array.
    func littleEndian<Integer: FixedWidthInteger & UnsignedInteger>(_: Integer.Type, at offset: Int) -> Integer {
        self[offset..<offset + Integer.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Integer($1) }
    }
}

extension Collection<UInt8> {
    /// The integer that the bytes are, the highest first; eight of them at most.
    var bigEndianInteger: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}

extension [UInt8] {
    /// The integer that begins at an offset, where all its bytes are within the array.
    @inline(__always)
    package func littleEndian<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Integer.Type,
        at offset: Int
    ) -> Integer {
        self[offset..<offset + Integer.bitWidth / 8].littleEndianInteger()
    }
}

extension ArraySlice<UInt8> {
    /// The integer that the bytes are, the lowest first: exactly as many as it has.
    @inline(__always)
    package func littleEndianInteger<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>() -> Integer {
        withUnsafeBytes {
            assert($0.count == Integer.bitWidth / 8)
            return Integer(littleEndian: $0.loadUnaligned(as: Integer.self))
        }
    }
}

extension Collection<UInt8> {
    /// The integer that the bytes are, the highest first; eight of them at most.
    package var bigEndianInteger: UInt64 { reduce(0) { $0 << 8 | UInt64($1) } }
}

extension FixedWidthInteger {
    /// The integer's bytes, the highest first.
    package var bigEndianBytes: [UInt8] { Swift.withUnsafeBytes(of: bigEndian) { Array($0) } }
    /// The integer's bytes, the lowest first.
    package var littleEndianBytes: [UInt8] { Swift.withUnsafeBytes(of: littleEndian) { Array($0) } }
}

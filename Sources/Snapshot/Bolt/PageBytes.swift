/// The bytes of a page, which share the memory of what was read with it. Offsets count from the page's start.
package struct PageBytes: Sendable {
    private let slice: ArraySlice<UInt8>

    package init(_ slice: ArraySlice<UInt8>) {
        self.slice = slice
    }

    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    package var count: Int { slice.count }
    /// All of them, in memory of their own.
    package var array: [UInt8] { Array(slice) }

    @inline(__always)
    package subscript(offset: Int) -> UInt8 { slice[slice.startIndex + offset] }

    @inline(__always)
    package subscript(range: Range<Int>) -> ArraySlice<UInt8> {
        slice[slice.startIndex + range.lowerBound..<slice.startIndex + range.upperBound]
    }

    /// The integer that begins at an offset, where all its bytes are within the page.
    @inline(__always)
    package func littleEndian<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Integer.Type,
        at offset: Int
    ) -> Integer {
        self[offset..<offset + Integer.bitWidth / 8].littleEndianInteger()
    }
}

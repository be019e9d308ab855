import Backups

/// Bytes that come in pieces, as those of a network do.
package struct SplitInput: ByteInput {
    private let bytes: [UInt8]
    private let maxPieceByteCount: Int
    /// Where pieces end in any case.
    private let cuts: [Int]
    package let hasRandomAccess: Bool

    package init(
        _ bytes: [UInt8],
        maxPieceByteCount: Int = .max,
        cuts: [Int] = [],
        hasRandomAccess: Bool = true
    ) {
        self.bytes = bytes
        self.maxPieceByteCount = maxPieceByteCount
        self.cuts = cuts
        self.hasRandomAccess = hasRandomAccess
    }

    package func byteCount() -> Int64 { Int64(bytes.count) }

    package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let start = min(Int(clamping: offset), bytes.count)
        let end = cuts.first { $0 > start } ?? bytes.count
        let piece = bytes[start..<end].prefix(min(buffer.count, maxPieceByteCount))
        buffer.copyBytes(from: piece)
        return piece.count
    }
}

/// Bytes of an image that were read ahead. Pages that follow each other are read many at once: etcd writes most of them
/// in the order of their keys.
struct PageWindow: Sendable {
    private static let byteCount: Int64 = 128 << 10

    private var bytes: [UInt8] = []
    private var start: Int64 = 0
    /// Where the last bytes that were asked for end.
    private var end: Int64 = -1

    /// - Parameters:
    ///   - file: Where the image is.
    ///   - limit: Where the image ends.
    mutating func read(
        _ file: any ByteSource,
        at offset: Int64,
        byteCount: Int,
        upTo limit: Int64
    ) throws(SnapshotReadingError) -> [UInt8] {
        let isInOrder = offset == end
        end = offset + Int64(byteCount)
        if offset < start || end > start + Int64(bytes.count) {
            guard isInOrder, byteCount < Self.byteCount else { return try file.read(at: offset, byteCount: byteCount) }
            bytes = try file.read(at: offset, byteCount: Int(min(Self.byteCount, limit - offset)))
            start = offset
        }
        let first = Int(offset - start)
        return Array(bytes[first..<first + byteCount])
    }
}

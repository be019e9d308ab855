/// Bytes of an image that were read ahead. Pages that follow each other are read many at once, and share the memory of
/// what was read: etcd writes most of them in the order of their keys.
struct PageWindow: Sendable {
    private var bytes: [UInt8] = []
    private var start: Int64 = 0
    /// Where the last page ends.
    private var end: Int64 = -1

    private var held: Range<Int64> { start..<start + Int64(bytes.count) }

    /// - Parameters:
    ///   - file: Where the image is.
    ///   - limit: Where the image ends.
    mutating func read(
        _ file: any ByteSource,
        at offset: Int64,
        byteCount: Int,
        upTo limit: Int64
    ) throws(SnapshotReadingError) -> ArraySlice<UInt8> {
        let wanted = offset..<offset + Int64(byteCount)
        let isInOrder = offset == end || offset == held.upperBound || held.contains(offset)
        end = wanted.upperBound
        if let bytes = heldBytes(wanted) { return bytes }
        if !held.contains(offset) {
            guard let piece = try file.piece(at: offset, upTo: limit, isInOrder: isInOrder) else {
                return try file.read(at: offset, byteCount: byteCount)[...]
            }
            (start, bytes) = piece
            if let bytes = heldBytes(wanted) { return bytes }
        }
        return try gather([], file, wanted, upTo: limit)
    }

    /// More of a page whose first bytes were just read.
    mutating func extend(
        _ first: ArraySlice<UInt8>,
        _ file: any ByteSource,
        at offset: Int64,
        byteCount: Int,
        upTo limit: Int64
    ) throws(SnapshotReadingError) -> ArraySlice<UInt8> {
        let wanted = offset..<offset + Int64(byteCount)
        end = wanted.upperBound
        if let bytes = heldBytes(wanted) { return bytes }
        // Of a page far from the others no more is read than there is of it.
        guard held.contains(offset) || held.upperBound == offset + Int64(first.count) else {
            return try first + file.read(at: offset + Int64(first.count), byteCount: byteCount - first.count)
        }
        return try gather(first, file, wanted, upTo: limit)
    }

    /// The last page was found to end here.
    mutating func endPage(at offset: Int64) {
        end = offset
    }

    private func heldBytes(_ wanted: Range<Int64>) -> ArraySlice<UInt8>? {
        guard held.lowerBound <= wanted.lowerBound, wanted.upperBound <= held.upperBound else { return nil }
        return bytes[Int(wanted.lowerBound - start)..<Int(wanted.upperBound - start)]
    }

    /// A page that begins in one piece and ends in another one.
    private mutating func gather(
        _ first: ArraySlice<UInt8>,
        _ file: any ByteSource,
        _ wanted: Range<Int64>,
        upTo limit: Int64
    ) throws(SnapshotReadingError) -> ArraySlice<UInt8> {
        var page: [UInt8] = []
        page.reserveCapacity(wanted.count)
        page += first
        while page.count < wanted.count {
            let position = wanted.lowerBound + Int64(page.count)
            if !held.contains(position) {
                guard let piece = try file.piece(at: position, upTo: limit, isInOrder: true) else {
                    return try page[...] + file.read(at: position, byteCount: wanted.count - page.count)
                }
                (start, bytes) = piece
            }
            page += bytes[Int(position - start)...].prefix(wanted.count - page.count)
        }
        return page[...]
    }
}

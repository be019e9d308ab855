/// The central directory at the end of a zip file (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16).
enum ZipDirectory {
    private static let endByteCount = 22
    private static let locatorByteCount = 20
    /// A comment may follow the end, of up to 65535 bytes.
    private static let maxTailByteCount: Int64 = 22 + 65535 + 20
    /// That of more than 50,000 files.
    private static let maxByteCount: Int64 = 8 << 20

    /// The CRC-32 of all files of a size; none where the directory can't be read.
    ///
    /// - Parameter read: Reads a range of the file.
    /// - Throws: What `read` throws.
    static func checksums(
        of byteCount: Int64,
        in storedByteCount: Int64,
        _ read: (Range<Int64>) async throws -> [UInt8]
    ) async throws -> [UInt32] {
        let start = max(0, storedByteCount - maxTailByteCount)
        let tail = try await read(start..<storedByteCount)
        guard let range = try await directory(tail, at: start, read), range.upperBound <= storedByteCount,
            range.count <= maxByteCount
        else { return [] }
        let isInTail = range.lowerBound >= start && range.upperBound <= start + Int64(tail.count)
        let bytes =
            isInTail
            ? Array(tail[Int(range.lowerBound - start)..<Int(range.upperBound - start)]) : try await read(range)
        return entries(bytes).filter { $0.byteCount == byteCount }.map(\.checksum)
    }

    /// Where the directory is.
    private static func directory(
        _ tail: [UInt8],
        at start: Int64,
        _ read: (Range<Int64>) async throws -> [UInt8]
    ) async throws -> Range<Int64>? {
        guard tail.count >= endByteCount else { return nil }
        let end = (0...tail.count - endByteCount).last { offset in
            tail[offset...].starts(with: [0x50, 0x4B, 5, 6])
                && offset + endByteCount + Int(tail.number(at: offset + 20, byteCount: 2)) == tail.count
        }
        guard let end else { return nil }
        let (size, offset) = (tail.number(at: end + 12, byteCount: 4), tail.number(at: end + 16, byteCount: 4))
        guard size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else { return range(offset, size) }
        let locator = end - locatorByteCount
        guard locator >= 0, tail[locator...].starts(with: [0x50, 0x4B, 6, 7]),
            let place = range(tail.number(at: locator + 8, byteCount: 8), 56), place.upperBound <= start + Int64(end)
        else { return nil }
        let large = try await read(place)
        guard large.count == 56, large.starts(with: [0x50, 0x4B, 6, 6]) else { return nil }
        return range(large.number(at: 48, byteCount: 8), large.number(at: 40, byteCount: 8))
    }

    private static func range(_ offset: UInt64, _ count: UInt64) -> Range<Int64>? {
        guard let start = Int64(exactly: offset), let count = Int64(exactly: count) else { return nil }
        let (end, overflow) = start.addingReportingOverflow(count)
        return overflow ? nil : start..<end
    }

    private static func entries(_ bytes: [UInt8]) -> [(checksum: UInt32, byteCount: Int64)] {
        var found: [(UInt32, Int64)] = []
        var offset = 0
        while offset + 46 <= bytes.count, bytes[offset...].starts(with: [0x50, 0x4B, 1, 2]) {
            let nameByteCount = Int(bytes.number(at: offset + 28, byteCount: 2))
            let extraByteCount = Int(bytes.number(at: offset + 30, byteCount: 2))
            let extra = offset + 46 + nameByteCount
            let end = extra + extraByteCount + Int(bytes.number(at: offset + 32, byteCount: 2))
            guard end <= bytes.count else { break }
            var byteCount = bytes.number(at: offset + 24, byteCount: 4)
            if byteCount == 0xFFFF_FFFF { byteCount = largeSize(bytes[extra..<extra + extraByteCount]) ?? byteCount }
            found.append((UInt32(bytes.number(at: offset + 16, byteCount: 4)), Int64(clamping: byteCount)))
            offset = end
        }
        return found
    }

    /// The size of a file that 32 bits can't hold: the first number of the extra field 1.
    private static func largeSize(_ fields: ArraySlice<UInt8>) -> UInt64? {
        let fields = Array(fields)
        var offset = 0
        while offset + 4 <= fields.count {
            let count = Int(fields.number(at: offset + 2, byteCount: 2))
            guard offset + 4 + count <= fields.count else { return nil }
            if fields.number(at: offset, byteCount: 2) == 1, count >= 8 {
                return fields.number(at: offset + 4, byteCount: 8)
            }
            offset += 4 + count
        }
        return nil
    }
}

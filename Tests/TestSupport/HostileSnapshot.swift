/// Small files with a right SHA-256 whose pages claim far more than they hold: a reader that believes them takes
/// gigabytes of memory, or reads the same bytes for hours.
public enum HostileSnapshot: String, Sendable, CaseIterable {
    /// A leaf of 4 MiB whose 2,500 values all run to its end, each with a key of its own that does so, too.
    case overlappingElements
    /// 60,000 elements of a branch that lead to one leaf of 16 MiB.
    case manyWaysToOneLeaf
    /// 4,000 leaves of one page each, which all say that 16 MiB run on from them.
    case overlappingPages
    /// A branch of 16 MiB that leads to itself.
    case branchWithinItself
    /// A branch of 1 MiB, whose 65,535 elements are all damaged, 16 times.
    case manyFindings

    private static let pageByteCount = 4096
    private static let longPageByteCount = 16 << 20

    public func bytes() -> [UInt8] {
        switch self {
        case .overlappingElements: Self.file([Self.overlappingLeaf()])
        case .manyWaysToOneLeaf:
            Self.file([
                Self.branch(children: [UInt64](repeating: 484, count: 60_000)),
                Self.page(flags: 2, count: 0, [], byteCount: Self.longPageByteCount),
            ])
        case .overlappingPages:
            Self.file(
                [Self.branch(children: (36..<4036).reversed())]
                    + [Page](repeating: Self.page(flags: 2, count: 0, [], overflow: 4095), count: 4000)
                    + [Page](repeating: Self.page(flags: 0, count: 0, []), count: 4096)
            )
        case .branchWithinItself:
            Self.file([Self.branch(children: [3], byteCount: Self.longPageByteCount)])
        case .manyFindings:
            Self.file(
                (0..<16).map { _ in Self.page(flags: 1, count: 65_535, [UInt8](repeating: 0, count: 16 * 65_535)) }
            )
        }
    }

    // MARK: - Pages

    /// A page with all its bytes but for its number, which it gets where it is put.
    private struct Page {
        var flags: UInt16
        var count: Int
        var overflow: Int?
        var body: [UInt8]
    }

    private static func page(
        flags: UInt16,
        count: Int,
        _ body: [UInt8],
        byteCount: Int = 0,
        overflow: Int? = nil
    ) -> Page {
        let whole = max(byteCount, 16 + body.count)
        let rounded = (whole + pageByteCount - 1) / pageByteCount * pageByteCount
        let padding = [UInt8](repeating: 0, count: rounded - 16 - body.count)
        return Page(flags: flags, count: count, overflow: overflow, body: body + padding)
    }

    private static func branch(children: [UInt64], byteCount: Int = 0) -> Page {
        var (elements, keys): ([UInt8], [UInt8]) = ([], [])
        for (index, child) in children.enumerated() {
            elements += little(UInt32((children.count - index) * 16 + keys.count)) + little(UInt32(17)) + little(child)
            keys += revision(index + 2)
        }
        return page(flags: 1, count: children.count, elements + keys, byteCount: byteCount)
    }

    private static func leaf(_ pairs: [(key: [UInt8], value: [UInt8], flags: UInt32)]) -> Page {
        var (elements, data): ([UInt8], [UInt8]) = ([], [])
        for (index, pair) in pairs.enumerated() {
            elements += little(pair.flags) + little(UInt32((pairs.count - index) * 16 + data.count))
            elements += little(UInt32(pair.key.count)) + little(UInt32(pair.value.count))
            data += pair.key + pair.value
        }
        return page(flags: 2, count: pairs.count, elements + data)
    }

    private static func overlappingLeaf() -> Page {
        let count = 2500
        let byteCount = 4 << 20
        let dataByteCount = byteCount - 16 - count * 16
        var (elements, data): ([UInt8], [UInt8]) = ([], [])
        for index in 0..<count {
            let key = revision(index + 2)
            let valueByteCount = dataByteCount - data.count - key.count
            elements += little(UInt32(0)) + little(UInt32((count - index) * 16 + data.count))
            elements += little(UInt32(key.count)) + little(UInt32(valueByteCount))
            // Field 1 of a record, a key that takes all that is left: its length as a varint of four bytes.
            let keyByteCount = valueByteCount - 5
            data += key + [0x0A] + (0..<4).map { UInt8(keyByteCount >> ($0 * 7) & 0x7F) | ($0 < 3 ? 0x80 : 0) }
        }
        return page(flags: 2, count: count, elements + data, byteCount: byteCount)
    }

    /// - Parameter pages: From page 3 on; the first one is the root of the bucket `key`.
    private static func file(_ pages: [Page]) -> [UInt8] {
        let root = leaf([
            (Array("key".utf8), little(UInt64(3)) + little(UInt64(0)), 1),
            (Array("meta".utf8), [UInt8](repeating: 0, count: 16) + header(0, flags: 2, count: 0, overflow: 0), 1),
        ])
        var bytes: [UInt8] = []
        var id = 2
        for page in [root] + pages {
            let pageCount = (16 + page.body.count) / pageByteCount
            bytes += header(id, flags: page.flags, count: page.count, overflow: page.overflow ?? pageCount - 1)
            bytes += page.body
            id += pageCount
        }
        return Resealed.bytes(
            meta(0, pageCount: id) + meta(1, pageCount: id) + bytes + [UInt8](repeating: 0, count: 32)
        )
    }

    private static func header(_ id: Int, flags: UInt16, count: Int, overflow: Int) -> [UInt8] {
        little(UInt64(id)) + little(flags) + little(UInt16(count)) + little(UInt32(overflow))
    }

    private static func meta(_ number: Int, pageCount: Int) -> [UInt8] {
        var fields = little(UInt32(0xED0C_DAED)) + little(UInt32(2)) + little(UInt32(pageByteCount)) + little(UInt32(0))
        fields += little(UInt64(2)) + little(UInt64(0)) + little(UInt64.max) + little(UInt64(pageCount))
        fields += little(UInt64(10 - number))
        let checksum = fields.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let bytes = header(number, flags: 4, count: 0, overflow: 0) + fields + little(checksum)
        return bytes + [UInt8](repeating: 0, count: pageByteCount - bytes.count)
    }

    /// The key of a record: its revision.
    private static func revision(_ main: Int) -> [UInt8] {
        little(UInt64(main)).reversed() + [0x5F] + [UInt8](repeating: 0, count: 8)
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}

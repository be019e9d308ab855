/// A bbolt meta page: how large the database is and where it begins.
///
/// Layout after bbolt v1.3.3 `db.go`, type `meta`; little-endian, at offset 16 of pages 0 and 1.
public struct MetaPage: Sendable, Equatable {
    /// Bytes a page, a power of two.
    public var pageByteCount: UInt64
    /// The number of pages of the image (bbolt's `pgid`, the high-water mark).
    public var pageCount: UInt64
    /// The page with the names of all buckets.
    public var rootPage: UInt64
    /// A counter of the root bucket, which etcd does not use.
    public var sequence: UInt64
    /// The page with the pages that are free; `nil` where the list is not kept, as since etcd 3.3.
    public var freelistPage: UInt64?
    /// The transaction that wrote this page.
    public var transaction: UInt64

    /// What a page size can be, in bytes: that of an operating system's pages.
    static let pageByteCounts: ClosedRange<UInt64> = 1024...16 << 20
    /// The length of the meta with its checksum.
    static let byteCount = 64
    /// The length of a meta page as far as anything stands in it.
    static let wholeByteCount = Page.headerByteCount + byteCount

    /// The bytes that the whole image takes, or `nil` where the figures are beyond any file.
    public var imageByteCount: Int64? {
        let (product, overflow) = pageByteCount.multipliedReportingOverflow(by: pageCount)
        return overflow ? nil : Int64(exactly: product)
    }

    /// The meta of a database whose first bytes are `head`: of its two, the sound one of the later transaction.
    public init?(head: [UInt8]) {
        let pages = MetaPages { offset in head.dropFirst(offset).prefix(Self.wholeByteCount) }
        guard let current = pages.current else { return nil }
        self = current
    }

    /// - Parameters:
    ///   - bytes: The page's first 80 bytes, or fewer where the file ends.
    ///   - number: Which page it is, 0 or 1.
    /// - Throws: What is wrong with it.
    init(_ bytes: some Collection<UInt8>, page number: UInt64) throws(SnapshotDamage) {
        let bytes = Array(bytes)
        func damage(_ offset: Int, _ problem: String) -> SnapshotDamage {
            SnapshotDamage(page: number, offset: Page.headerByteCount + offset, problem)
        }
        guard bytes.count >= Self.wholeByteCount else {
            throw SnapshotDamage(page: number, "the file ends before this meta page does")
        }
        let meta = bytes[Page.headerByteCount..<Self.wholeByteCount]
        func field<Integer: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
            _ type: Integer.Type,
            _ offset: Int
        ) -> Integer {
            bytes.littleEndian(type, at: Page.headerByteCount + offset)
        }
        guard meta.starts(with: FileKind.boltMagic) else {
            throw damage(
                0,
                "the magic number of a meta page is expected, ed0cdaed, and it is \(hex(field(UInt32.self, 0)))"
            )
        }
        let stored = field(UInt64.self, 56)
        let computed = Self.checksum(of: meta.prefix(56))
        guard stored == computed else {
            throw damage(56, "its checksum is \(hex(stored)), and its bytes give \(hex(computed))")
        }
        guard field(UInt32.self, 4) == 2 else {
            throw damage(4, "version 2 of the format is expected, and it is of version \(field(UInt32.self, 4))")
        }
        pageByteCount = UInt64(field(UInt32.self, 8))
        guard Self.pageByteCounts.contains(pageByteCount), pageByteCount.nonzeroBitCount == 1 else {
            throw damage(8, "a page can't have \(pageByteCount) bytes")
        }
        rootPage = field(UInt64.self, 16)
        sequence = field(UInt64.self, 24)
        let freelistPage = field(UInt64.self, 32)
        self.freelistPage = freelistPage == .max ? nil : freelistPage
        pageCount = field(UInt64.self, 40)
        transaction = field(UInt64.self, 48)
    }

    /// FNV-1a with 64 bits, as Go's `hash/fnv`.
    package static func checksum(of bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// Lower-case hexadecimal digits, without zeros before them.
package func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }

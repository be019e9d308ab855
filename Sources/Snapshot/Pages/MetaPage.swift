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
    /// The page with the pages that are free; `nil` where the list is not kept, as since etcd 3.3.
    public var freelistPage: UInt64?
    /// The transaction that wrote this page.
    public var transaction: UInt64

    /// The length of a page's own header, which stands before the meta.
    static let pageHeaderByteCount = 16
    /// The length of the meta with its checksum.
    static let byteCount = 64

    /// The bytes that the whole image takes, or `nil` where the figures are beyond any file.
    public var imageByteCount: Int64? {
        let (product, overflow) = pageByteCount.multipliedReportingOverflow(by: pageCount)
        return overflow ? nil : Int64(exactly: product)
    }

    /// The meta of a database whose first bytes are `head`: that of page 0, or where it is damaged that of page 1.
    public init?(head: [UInt8]) {
        if let first = MetaPage(head, at: Self.pageHeaderByteCount) {
            self = first
            return
        }
        // Page 1 begins where page 0 ends, and only a sound meta tells how long a page is (`db.go`, getPageSize).
        for shift in 0...14 {
            if let second = MetaPage(head, at: (1024 << shift) + Self.pageHeaderByteCount) {
                self = second
                return
            }
        }
        return nil
    }

    /// A meta whose magic, version, checksum and page size are right.
    private init?(_ bytes: [UInt8], at offset: Int) {
        guard offset + Self.byteCount <= bytes.count else { return nil }
        let meta = bytes[offset..<offset + Self.byteCount]

        pageByteCount = UInt64(bytes.littleEndian(UInt32.self, at: offset + 8))
        rootPage = bytes.littleEndian(UInt64.self, at: offset + 16)
        let freelistPage = bytes.littleEndian(UInt64.self, at: offset + 32)
        self.freelistPage = freelistPage == .max ? nil : freelistPage
        pageCount = bytes.littleEndian(UInt64.self, at: offset + 40)
        transaction = bytes.littleEndian(UInt64.self, at: offset + 48)
        guard meta.starts(with: FileKind.boltMagic),
            bytes.littleEndian(UInt32.self, at: offset + 4) == 2,
            bytes.littleEndian(UInt64.self, at: offset + 56) == Self.checksum(of: meta.prefix(56)),
            (1024...16 << 20).contains(pageByteCount),
            pageByteCount.nonzeroBitCount == 1
        else { return nil }
    }

    /// FNV-1a with 64 bits, as Go's `hash/fnv`.
    private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

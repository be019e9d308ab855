import Glibc

/// The database image of a snapshot file, read page by page: memory does not grow with the file, and a file that is
/// cut off meanwhile is an error and no crash, as it would be were it mapped.
public struct SnapshotImage: Sendable {
    /// Of the image, as its meta pages tell.
    public let meta: MetaPage
    /// How many bytes the file has.
    public let fileByteCount: Int64
    let metaPages: MetaPages
    private let descriptor: Int32
    /// A page with what runs on from it is no longer than a few of the largest values that etcd takes.
    private static let greatestPageByteCount = 64 << 20

    /// - Parameter descriptor: The file, open for reading as long as the image is used.
    /// - Throws: `SnapshotReadingError`.
    public init(descriptor: Int32) throws(SnapshotReadingError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        let fileByteCount = Int64(status.st_size)
        metaPages = try MetaPages { offset throws(SnapshotReadingError) in
            let byteCount = min(Int64(MetaPage.wholeByteCount), max(0, fileByteCount - Int64(offset)))
            return try Self.read(descriptor, at: Int64(offset), byteCount: Int(byteCount))
        }
        guard let meta = metaPages.current else { throw .damaged(page: 0, "both meta pages are damaged") }
        guard meta.pageCount > 2 else {
            throw .damaged(
                page: metaPages.currentNumber,
                offset: Page.headerByteCount + 40,
                "it tells of \(meta.pageCount) pages, and two of them are meta pages"
            )
        }
        self.meta = meta
        self.fileByteCount = fileByteCount
        self.descriptor = descriptor
        let pageCountOfFile = UInt64(fileByteCount) / meta.pageByteCount
        guard meta.pageCount <= pageCountOfFile else {
            throw .damaged(
                page: metaPages.currentNumber,
                offset: Page.headerByteCount + 40,
                "it tells of \(meta.pageCount) pages, and the file has \(pageCountOfFile)"
            )
        }
    }

    /// A page with keys, with those that run on from it.
    ///
    /// - Parameter expectedPageCount: How many pages it is likely to take with those; a wrong guess takes longer.
    /// - Throws: `SnapshotReadingError` also where its header is not one of that page.
    func page(_ id: UInt64, expectedPageCount: Int = 1) throws(SnapshotReadingError) -> Page {
        try Page(try extent(id, expectedPageCount: expectedPageCount), id: id)
    }

    /// All bytes of a page, whatever it is, with those that run on from it.
    func extent(_ id: UInt64, expectedPageCount: Int = 1) throws(SnapshotReadingError) -> [UInt8] {
        // Pages 0 and 1 are the meta pages.
        guard id >= 2, id < meta.pageCount else {
            throw .damaged(page: id, "it is not among the image's pages, 2 to \(Int64(meta.pageCount) - 1)")
        }
        let pageByteCount = Int(meta.pageByteCount)
        let offset = Int64(id) * Int64(pageByteCount)
        let readPageCount = min(expectedPageCount, Int(meta.pageCount - id))
        var bytes = try Self.read(descriptor, at: offset, byteCount: pageByteCount * readPageCount)
        let header = Page.Header(bytes)
        guard header.id == id else {
            throw .damaged(page: id, "its header says that it is page \(header.id)")
        }
        guard header.overflow < meta.pageCount - id else {
            throw .damaged(page: id, offset: 12, "\(header.overflow) pages run on from it, beyond the image's end")
        }
        guard header.overflow < Self.greatestPageByteCount / pageByteCount else {
            throw .damaged(page: id, offset: 12, "\(header.overflow) pages run on from it, more than etcd ever writes")
        }
        let pageCount = 1 + Int(header.overflow)
        if pageCount > readPageCount {
            bytes = try Self.read(descriptor, at: offset, byteCount: pageByteCount * pageCount)
        } else if pageCount < readPageCount {
            bytes.removeLast(pageByteCount * (readPageCount - pageCount))
        }
        return bytes
    }

    static func read(
        _ descriptor: Int32,
        at offset: Int64,
        byteCount wanted: Int
    ) throws(SnapshotReadingError) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let read = pread(
                    descriptor,
                    buffer.baseAddress.map { $0 + count },
                    wanted - count,
                    off_t(offset) + off_t(count)
                )
                if read < 0, errno == EINTR { continue }
                if read <= 0 {
                    // The file was longer when it was opened.
                    code = read < 0 ? errno : EIO
                    break
                }
                count += read
            }
        }
        if code != 0 { throw .unreadable(code: code) }
        return bytes
    }
}

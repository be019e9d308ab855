/// The database image of a snapshot file, read page by page: memory does not grow with the file, and a file that is
/// cut off meanwhile is an error and no crash, as it would be were it mapped.
package struct SnapshotImage: Sendable {
    /// The one of its meta pages that counts.
    package let meta: MetaPage
    let metaPages: MetaPages
    private let bytes: any ByteSource
    /// A page with what runs on from it is no longer than a few of the largest values that etcd takes.
    private static let maxPageByteCount = 64 << 20

    /// - Throws: `SnapshotProblem` where the file is something else or lacks pages; `SnapshotReadingError`.
    package init(checking bytes: any ByteSource) throws {
        let start = try bytes.readIfThere(at: 0, byteCount: FileHead.byteCount)
        let head = FileHead(start, byteCount: bytes.byteCount)
        if let problem = head.problem ?? head.truncation { throw problem }
        try self.init(bytes)
    }

    /// - Throws: `SnapshotReadingError`.
    private init(_ bytes: any ByteSource) throws(SnapshotReadingError) {
        metaPages = try MetaPages { offset throws(SnapshotReadingError) in
            try bytes.readIfThere(at: Int64(offset), byteCount: MetaPage.wholeByteCount)
        }
        guard let meta = metaPages.current else { throw .damaged(page: 0, "both meta pages are damaged") }
        guard meta.pageCount > 2 else {
            throw .damaged(
                page: metaPages.currentNumber,
                offset: Page.headerByteCount + 40,
                "it says that there are \(meta.pageCount) pages, and two of them are meta pages"
            )
        }
        self.meta = meta
        self.bytes = bytes
        let pageCountOfFile = UInt64(bytes.byteCount) / meta.pageByteCount
        guard meta.pageCount <= pageCountOfFile else {
            throw .damaged(
                page: metaPages.currentNumber,
                offset: Page.headerByteCount + 40,
                "it says that there are \(meta.pageCount) pages, and the file has \(pageCountOfFile)"
            )
        }
    }

    /// Whether the file ends in a SHA-256, as what a server sends does.
    var hasTrailer: Bool { SnapshotTrailer.isExpected(inFileOf: bytes.byteCount) }

    /// A page with keys, with those that run on from it.
    ///
    /// - Parameters: As of `extent`.
    /// - Throws: `SnapshotReadingError` also where its header is not one of that page.
    package func page(
        _ id: UInt64,
        expectedPageCount: Int = 1,
        claim: (Range<UInt64>) -> Bool
    ) throws(SnapshotReadingError) -> Page {
        var window = PageWindow()
        return try Page(try extent(id, expectedPageCount: expectedPageCount, window: &window, claim: claim), id: id)
    }

    /// All bytes of a page, whatever it is, with those that run on from it.
    ///
    /// - Parameters:
    ///   - expectedPageCount: How many pages it is likely to take with those; a wrong guess takes longer.
    ///   - window: What was read ahead for it, and what is read ahead for the next one.
    ///   - claim: Asked for the page before it is read, and for those that run on from it before they are: whether none
    ///     of them was reached before. So a file whose pages all lead to the same bytes takes no longer than another.
    func extent(
        _ id: UInt64,
        expectedPageCount: Int = 1,
        window: inout PageWindow,
        claim: (Range<UInt64>) -> Bool
    ) throws(SnapshotReadingError) -> PageBytes {
        // Pages 0 and 1 are the meta pages.
        guard id >= 2, id < meta.pageCount else {
            throw .damaged(page: id, "it is not among the image's pages, 2 to \(Int64(meta.pageCount) - 1)")
        }
        guard claim(id..<id + 1) else { throw .damaged(page: id, "more than one way leads to it") }
        let pageByteCount = Int(meta.pageByteCount)
        let offset = Int64(id) * Int64(pageByteCount)
        let readPageCount = min(expectedPageCount, Int(meta.pageCount - id))
        let endOfImage = Int64(meta.pageCount) * Int64(pageByteCount)
        var bytes = try window.read(
            self.bytes,
            at: offset,
            byteCount: pageByteCount * readPageCount,
            upTo: endOfImage
        )
        let header = Page.Header(PageBytes(bytes))
        guard header.id == id else {
            throw .damaged(page: id, "its header says that it is page \(header.id)")
        }
        guard header.overflow < meta.pageCount - id else {
            throw .damaged(page: id, offset: 12, "\(header.overflow) pages run on from it, beyond the image's end")
        }
        guard header.overflow < Self.maxPageByteCount / pageByteCount else {
            throw .damaged(page: id, offset: 12, "\(header.overflow) pages run on from it, more than etcd ever writes")
        }
        let pageCount = 1 + Int(header.overflow)
        guard claim(id + 1..<id + UInt64(pageCount)) else {
            throw .damaged(page: id, offset: 12, "a page that runs on from it is part of another one")
        }
        if pageCount > readPageCount {
            bytes = try window.extend(
                bytes,
                self.bytes,
                at: offset,
                byteCount: pageByteCount * pageCount,
                upTo: endOfImage
            )
        } else if pageCount < readPageCount {
            bytes = bytes.prefix(pageByteCount * pageCount)
            window.endPage(at: offset + Int64(bytes.count))
        }
        return PageBytes(bytes)
    }
}

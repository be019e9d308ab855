import Glibc

/// The database image of a snapshot file, read page by page: memory does not grow with the file, and a file that is
/// cut off meanwhile is an error and no crash, as it would be were it mapped.
public struct SnapshotImage: Sendable {
    /// Of the image, as its meta pages tell.
    public let meta: MetaPage
    private let descriptor: Int32
    /// Enough to find the second meta page of any page size up to 32 KiB.
    private static let headByteCount = 64 << 10
    /// A page with what runs on from it is no longer than a few of the largest values that etcd takes.
    private static let greatestPageByteCount = 64 << 20

    /// - Parameter descriptor: The file, open for reading as long as the image is used.
    /// - Throws: `SnapshotReadingError`.
    public init(descriptor: Int32) throws(SnapshotReadingError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        let head = try Self.read(descriptor, at: 0, byteCount: min(Int(status.st_size), Self.headByteCount))
        guard let meta = MetaPage(head: head) else { throw .damaged(page: 0, "both meta pages are damaged") }
        self.meta = meta
        self.descriptor = descriptor
        let pageCountOfFile = UInt64(max(0, status.st_size)) / meta.pageByteCount
        guard meta.pageCount <= pageCountOfFile else {
            throw .damaged(
                page: 0,
                offset: Page.headerByteCount + 40,
                "it tells of \(meta.pageCount) pages, and the file has \(pageCountOfFile)"
            )
        }
    }

    /// A page with keys, with those that run on from it.
    ///
    /// - Throws: `SnapshotReadingError` also where its header is not one of that page.
    func page(_ id: UInt64) throws(SnapshotReadingError) -> Page {
        // Pages 0 and 1 are the meta pages.
        guard id >= 2, id < meta.pageCount else {
            throw .damaged(page: id, "it is beyond the \(meta.pageCount) pages of the image")
        }
        let pageByteCount = Int(meta.pageByteCount)
        let offset = Int64(id) * Int64(pageByteCount)
        var bytes = try Self.read(descriptor, at: offset, byteCount: pageByteCount)
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
        if header.overflow > 0 {
            bytes = try Self.read(descriptor, at: offset, byteCount: pageByteCount * (1 + Int(header.overflow)))
        }
        return try Page(bytes, id: id)
    }

    private static func read(
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

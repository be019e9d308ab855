/// A bucket: a tree of pages, or a single leaf within the value that stands for it.
package struct Bucket: Sendable {
    package enum Root: Sendable {
        case page(UInt64)
        /// A leaf that is small enough to stand in the value.
        case inline(Page)
    }

    package let root: Root

    /// The length of what stands before an inline page: root u64, sequence u64 (bbolt v1.3.3 `bucket.go`).
    private static let headerByteCount = 16

    /// The bucket with all others in it.
    package init(rootOf image: SnapshotImage) {
        root = .page(image.meta.rootPage)
    }

    /// The bucket that a value stands for.
    ///
    /// - Parameter page: Where the value stands.
    package init(_ value: Range<Int>, in page: Page) throws(SnapshotReadingError) {
        guard value.count >= Self.headerByteCount else {
            throw .damaged(page: page.id, offset: value.lowerBound, "a bucket has only \(value.count) bytes")
        }
        let id = page.bytes.littleEndian(UInt64.self, at: value.lowerBound)
        if id != 0 {
            root = .page(id)
            return
        }
        let inline = try Page(
            PageBytes(Array(page.bytes[(value.lowerBound + Self.headerByteCount)..<value.upperBound])),
            id: page.id
        )
        guard inline.kind == .leaf else {
            throw .damaged(page: page.id, offset: value.lowerBound, "a bucket within a value is no leaf")
        }
        root = .inline(inline)
    }
}

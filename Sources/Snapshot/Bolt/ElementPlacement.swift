/// Whether the elements of a page lie one behind the other, as bbolt writes them (bbolt v1.3.3 `node.go`, `write`).
///
/// Elements that share bytes would let a small file claim to hold any amount of keys.
struct ElementPlacement: Sendable {
    /// Where the bytes of the last element end.
    private var end = 0

    /// - Parameters:
    ///   - bytes: Where the key and the value of the element lie in the page.
    ///   - index: Which of the page's elements it is.
    mutating func take(_ page: Page, _ bytes: Range<Int>, at index: Int) throws(SnapshotReadingError) {
        guard bytes.lowerBound >= end else {
            throw .damaged(page: page.id, offset: Page.elementOffset(index), "an element overlaps the one before it")
        }
        end = bytes.upperBound
    }
}

import Glibc

/// Whether keys rise, from one element to the next and from one page to the next.
struct KeyOrder: Sendable {
    private var last: (page: Page, key: Range<Int>)?

    /// - Parameter index: Which of the page's elements has the key.
    mutating func take(_ page: Page, _ key: Range<Int>, at index: Int) throws(SnapshotReadingError) {
        defer { last = (page, key) }
        guard let last, !last.page.bytes[last.key].precedes(page.bytes[key]) else { return }
        throw .damaged(
            page: page.id,
            offset: Page.elementOffset(index),
            last.page.id == page.id
                ? "its key does not come after the one before it"
                : "its key does not come after the last one of page \(last.page.id)"
        )
    }
}

extension ArraySlice<UInt8> {
    /// Whether it comes before another one in the order of their bytes.
    package func precedes(_ other: ArraySlice<UInt8>) -> Bool {
        withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(leftStart, rightStart, Swift.min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
    }
}

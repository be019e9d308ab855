import Glibc

/// Whether keys rise, from one element to the next and from one page to the next.
struct KeyOrder: Sendable {
    private var page: Page?
    /// The last key of the page.
    private var key: Range<Int>?
    /// The last key of the pages before it.
    private var before: (page: Page, key: Range<Int>)?

    /// The keys that come next are of this page.
    mutating func begin(_ page: Page) {
        if let last = self.page, let key { before = (last, key) }
        self.page = page
        key = nil
    }

    /// - Parameter index: Which of the page's elements has the key.
    mutating func take(_ key: Range<Int>, at index: Int) throws(SnapshotReadingError) {
        guard let page else { return }
        defer { self.key = key }
        if let last = self.key {
            if page.bytes[last].precedes(page.bytes[key]) { return }
            throw .damaged(
                page: page.id,
                offset: Page.elementOffset(index),
                "its key does not come after the one before it"
            )
        }
        guard let before, !before.page.bytes[before.key].precedes(page.bytes[key]) else { return }
        throw .damaged(
            page: page.id,
            offset: Page.elementOffset(index),
            "its key does not come after the last one of page \(before.page.id)"
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

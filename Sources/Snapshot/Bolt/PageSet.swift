/// A set of pages: a bit for each page of the image, which the file's own length bounds.
struct PageSet: Sendable {
    private var words: [UInt64]
    /// How many pages are in it.
    private(set) var count: UInt64 = 0
    /// How many pages the image has.
    private let pageCount: UInt64

    init(pageCount: UInt64) {
        self.pageCount = pageCount
        words = [UInt64](repeating: 0, count: Int(pageCount / 64 + 1))
    }

    func contains(_ id: UInt64) -> Bool {
        words[Int(id / 64)] & 1 << (id % 64) != 0
    }

    /// - Returns: Whether it was not in it before.
    mutating func insert(_ id: UInt64) -> Bool {
        let (index, bit) = (Int(id / 64), UInt64(1) << (id % 64))
        if words[index] & bit != 0 { return false }
        words[index] |= bit
        count += 1
        return true
    }

    /// Inserts all of these pages, or none where one of them is in it already.
    ///
    /// - Returns: Whether none of them was.
    mutating func insert(_ ids: Range<UInt64>) -> Bool {
        guard !ids.contains(where: contains) else { return false }
        for id in ids { _ = insert(id) }
        return true
    }

    /// How many pages of the image, from one on, are not in it: up to so many.
    func absentCount(from id: UInt64, upTo maxCount: Int) -> Int {
        guard id < pageCount else { return 0 }
        let count = min(maxCount, Int(pageCount - id))
        return (0..<count).first { contains(id + UInt64($0)) } ?? count
    }
}

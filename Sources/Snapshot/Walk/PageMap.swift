/// A set of pages: a bit for each page of the image, which the file's own length bounds.
struct PageMap: Sendable {
    private var words: [UInt64]
    /// How many pages are in it.
    private(set) var count: UInt64 = 0

    init(pageCount: UInt64) {
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
}

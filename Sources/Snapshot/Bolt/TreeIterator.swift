/// Goes over the trees of an image, leaf by leaf in the order of their keys, and checks on the way what bbolt relies on.
///
/// It holds the way down to the leaf that it is at, and a bit for each page.
package struct TreeIterator: Sendable {
    /// bbolt's trees are a few pages high; a damaged one may lead round and round.
    package static let maxDepth = 64

    package let image: SnapshotImage
    /// The pages that any way has led to.
    private(set) var reached: PageSet
    /// Gets each damage; where it returns, the walk continues behind the damaged part.
    private let report: @Sendable (SnapshotDamage) throws -> Void

    /// The branches above the leaf that comes next.
    private var levels: [Level] = []
    /// A tree that is a leaf alone.
    private var root: Page?
    private var order = KeyOrder()
    /// How many pages the last one took: the next one is likely to take as many.
    private var expectedPageCount = 1
    private var window = PageWindow()

    package init(_ image: SnapshotImage, report: @escaping @Sendable (SnapshotDamage) throws -> Void) {
        self.image = image
        self.report = report
        reached = PageSet(pageCount: image.meta.pageCount)
    }

    /// A walk that ends at the first damage.
    package init(strictly image: SnapshotImage) {
        self.init(image) { throw SnapshotReadingError.damaged($0) }
    }

    /// A branch on the way down.
    private struct Level: Sendable {
        var page: Page
        var elements: [Page.BranchElement]
        var next = 0
        /// What all keys below it come before; `nil` where there is no such bound.
        var upperBound: Bound?
    }

    /// A key in a branch.
    private struct Bound: Sendable {
        var page: Page
        var key: Range<Int>

        var bytes: ArraySlice<UInt8> { page.bytes[key] }
    }

    /// Passes the leaves of one tree by.
    ///
    /// - Throws: What `report` and `visit` throw; `SnapshotReadingError.unreadable`; `CancellationError`.
    package mutating func leaves(of bucket: Bucket, _ visit: (Leaf) throws -> Void) throws {
        try begin(bucket)
        while let leaf = try next() { try visit(leaf) }
    }

    /// Goes to the root of a tree, whose first leaf comes next.
    package mutating func begin(_ bucket: Bucket) throws {
        order = KeyOrder()
        levels = []
        switch bucket.root {
        case .inline(let page):
            root = page
        case .page(let id):
            root = try take(id)
            guard let page = root, page.kind == .branch else { return }
            root = nil
            levels.append(try level(page, lower: nil, upper: nil))
        }
    }

    /// The next leaf of the tree; `nil` at its end.
    package mutating func next() throws -> Leaf? {
        if let page = root.take() { return try leaf(page, lower: nil, upper: nil) }
        while var level = levels.popLast() {
            guard level.next < level.elements.count else { continue }
            let element = level.elements[level.next]
            level.next += 1
            let lower = Bound(page: level.page, key: element.key)
            let upper =
                level.next < level.elements.count
                ? Bound(page: level.page, key: level.elements[level.next].key) : level.upperBound
            levels.append(level)
            guard levels.count < Self.maxDepth else {
                try report(SnapshotDamage(page: level.page.id, "the way to it has \(Self.maxDepth) pages"))
                continue
            }
            guard let page = try take(element.child) else { continue }
            if page.kind == .leaf {
                if page.count == 0 {
                    try report(SnapshotDamage(page: page.id, offset: 10, "a leaf below a branch is empty"))
                }
                return try leaf(page, lower: lower, upper: upper)
            }
            levels.append(try self.level(page, lower: lower, upper: upper))
        }
        return nil
    }

    // MARK: - Pages

    private mutating func take(_ id: UInt64) throws -> Page? {
        try Task.checkCancellation()
        do {
            return try Page(try read(id), id: id)
        } catch {
            try report(reading: error)
            return nil
        }
    }

    /// Reads a page, whatever it is, that was not reached before.
    package mutating func read(_ id: UInt64) throws(SnapshotReadingError) -> [UInt8] {
        let image = image
        // As many pages as the last one took are read at once, but none that another way has led to: no byte is read twice.
        let guess = max(1, reached.absentCount(from: id, upTo: expectedPageCount))
        // A damaged page says nothing about the next one.
        expectedPageCount = 1
        let bytes = try image.extent(id, expectedPageCount: guess, window: &window) { reached.insert($0) }
        expectedPageCount = bytes.count / Int(image.meta.pageByteCount)
        return bytes
    }

    private func report(reading error: SnapshotReadingError) throws {
        switch error {
        case .damaged(let damage): try report(damage)
        case .unreadable: throw error
        }
    }

    private func level(_ page: Page, lower: Bound?, upper: Bound?) throws -> Level {
        if page.count == 0 { try report(SnapshotDamage(page: page.id, offset: 10, "a branch without a child")) }
        var order = KeyOrder()
        var placement = ElementPlacement()
        var elements: [Page.BranchElement] = []
        elements.reserveCapacity(page.count)
        try eachElement(of: page) { index throws(SnapshotReadingError) in
            let element = try page.branchElement(index)
            try order.take(page, element.key, at: index)
            try placement.take(page, element.key, at: index)
            elements.append(element)
        }
        try check(page, first: elements.first?.key, last: elements.last?.key, lower: lower, upper: upper)
        return Level(page: page, elements: elements, upperBound: upper)
    }

    private mutating func leaf(_ page: Page, lower: Bound?, upper: Bound?) throws -> Leaf {
        var order = order
        var placement = ElementPlacement()
        var elements: [Page.LeafElement] = []
        elements.reserveCapacity(page.count)
        try eachElement(of: page) { index throws(SnapshotReadingError) in
            let element = try page.leafElement(index)
            try order.take(page, element.key, at: index)
            try placement.take(page, element.key.lowerBound..<element.value.upperBound, at: index)
            elements.append(element)
        }
        try check(page, first: elements.first?.key, last: elements.last?.key, lower: lower, upper: upper)
        self.order = order
        return Leaf(page: page, elements: elements)
    }

    private func eachElement(of page: Page, _ body: (Int) throws(SnapshotReadingError) -> Void) throws {
        for index in 0..<page.count {
            do {
                try body(index)
            } catch {
                try report(reading: error)
            }
        }
    }

    /// The keys of a page are those that the branches above it lead there for.
    private func check(_ page: Page, first: Range<Int>?, last: Range<Int>?, lower: Bound?, upper: Bound?) throws {
        if let first, let lower, page.bytes[first].precedes(lower.bytes) {
            try report(
                SnapshotDamage(
                    page: page.id,
                    offset: first.lowerBound,
                    "its first key comes before that by which page \(lower.page.id) leads here"
                )
            )
        }
        if let last, let upper, !page.bytes[last].precedes(upper.bytes) {
            try report(
                SnapshotDamage(
                    page: page.id,
                    offset: last.lowerBound,
                    "its last key does not come before that by which page \(upper.page.id) leads to the next page"
                )
            )
        }
    }
}

/// Goes over the trees of an image, leaf by leaf in the order of their keys, and checks on the way what bbolt relies
/// on.
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

        /// What the keys below an element don't come before; `nil` behind the last one.
        func bound(_ index: Int) -> Bound? {
            index < elements.count ? Bound(page: page, key: elements[index].key) : nil
        }
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
        while let last = levels.indices.last {
            guard levels[last].next < levels[last].elements.count else {
                levels.removeLast()
                continue
            }
            let index = levels[last].next
            levels[last].next += 1
            guard levels.count < Self.maxDepth else {
                try report(SnapshotDamage(page: levels[last].page.id, "the way to it has \(Self.maxDepth) pages"))
                continue
            }
            guard let page = try take(levels[last].elements[index].child) else { continue }
            let lower = levels[last].bound(index)
            let upper = levels[last].bound(index + 1) ?? levels[last].upperBound
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
            let page = try Page(try read(id), id: id)
            // A branch is held until all below it has passed by.
            return page.kind == .branch ? page.copy : page
        } catch {
            try Self.report(error, report)
            return nil
        }
    }

    /// Reads a page, whatever it is, that was not reached before.
    package mutating func read(_ id: UInt64) throws(SnapshotReadingError) -> PageBytes {
        // As many pages as the last one took are read at once, but none that another way has led to: no byte is read
        // twice.
        let guess = max(1, reached.absentCount(from: id, upTo: expectedPageCount))
        // A damaged page says nothing about the next one.
        expectedPageCount = 1
        let bytes = try Self.read(id, expectedPageCount: guess, of: image, &window, &reached)
        expectedPageCount = bytes.count / Int(image.meta.pageByteCount)
        return bytes
    }

    private static func read(
        _ id: UInt64,
        expectedPageCount: Int,
        of image: SnapshotImage,
        _ window: inout PageWindow,
        _ reached: inout PageSet
    ) throws(SnapshotReadingError) -> PageBytes {
        try image.extent(id, expectedPageCount: expectedPageCount, window: &window) { reached.insert($0) }
    }

    private static func report(
        _ error: SnapshotReadingError,
        _ report: (SnapshotDamage) throws -> Void
    ) throws {
        switch error {
        case .damaged(let damage): try report(damage)
        case .unreadable: throw error
        }
    }

    private func level(_ page: Page, lower: Bound?, upper: Bound?) throws -> Level {
        if page.count == 0 { try report(SnapshotDamage(page: page.id, offset: 10, "a branch without a child")) }
        var order = KeyOrder()
        order.begin(page)
        var placement = ElementPlacement()
        var elements: [Page.BranchElement] = []
        elements.reserveCapacity(page.count)
        try Self.eachElement(of: page, report) { index throws(SnapshotReadingError) in
            let element = try page.branchElement(index)
            try order.take(element.key, at: index)
            try placement.take(page, element.key, at: index)
            elements.append(element)
        }
        try Self.check(page, elements.first?.key, elements.last?.key, lower: lower, upper: upper, report)
        return Level(page: page, elements: elements, upperBound: upper)
    }

    private mutating func leaf(_ page: Page, lower: Bound?, upper: Bound?) throws -> Leaf {
        var order = order
        order.begin(page)
        var placement = ElementPlacement()
        var elements: [Page.LeafElement] = []
        elements.reserveCapacity(page.count)
        try Self.eachElement(of: page, report) { index throws(SnapshotReadingError) in
            let element = try page.leafElement(index)
            try order.take(element.key, at: index)
            try placement.take(page, element.key.lowerBound..<element.value.upperBound, at: index)
            elements.append(element)
        }
        try Self.check(page, elements.first?.key, elements.last?.key, lower: lower, upper: upper, report)
        self.order = order
        return Leaf(page: page, elements: elements)
    }

    // Of the walk itself no more is passed on than is needed: a copy of it for each leaf takes its time.
    private static func eachElement(
        of page: Page,
        _ report: (SnapshotDamage) throws -> Void,
        _ body: (Int) throws(SnapshotReadingError) -> Void
    ) throws {
        for index in 0..<page.count {
            do {
                try body(index)
            } catch {
                try Self.report(error, report)
            }
        }
    }

    /// The keys of a page are those that the branches above it lead there for.
    private static func check(
        _ page: Page,
        _ first: Range<Int>?,
        _ last: Range<Int>?,
        lower: Bound?,
        upper: Bound?,
        _ report: (SnapshotDamage) throws -> Void
    ) throws {
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

/// Finds single pairs of a bucket, by the way down from its root.
package struct BucketCursor: Sendable {
    private static let maxDepth = 64

    package let image: SnapshotImage
    package let bucket: Bucket

    package init(image: SnapshotImage, bucket: Bucket) {
        self.image = image
        self.bucket = bucket
    }

    /// Of one of the buckets in the root; `nil` where there is none of that name.
    package init?(image: SnapshotImage, bucket name: String) throws(SnapshotReadingError) {
        let root = BucketCursor(image: image, bucket: Bucket(rootOf: image))
        guard let found = try root.find(Array(name.utf8)) else { return nil }
        guard found.element.isBucket else {
            throw .damaged(page: found.page.id, offset: found.element.key.lowerBound, "'\(name)' is no bucket")
        }
        self.init(image: image, bucket: try Bucket(found.element.value, in: found.page))
    }

    /// A pair, or a bucket with its name, in the page that it stands in.
    package struct FoundEntry {
        package var page: Page
        package var element: Page.LeafElement

        package var key: ArraySlice<UInt8> { page.bytes[element.key] }
        package var value: ArraySlice<UInt8> { page.bytes[element.value] }
    }

    /// What stands under a key.
    package func find(_ key: [UInt8]) throws(SnapshotReadingError) -> FoundEntry? {
        guard
            let page = try leaf({ page throws(SnapshotReadingError) in
                // The last child whose first key is not behind the one that is looked for.
                try Self.partition(page.count) { index throws(SnapshotReadingError) in
                    !key.lexicographicallyPrecedes(page.bytes[try page.branchElement(index).key])
                }
            })
        else { return nil }
        let index = try Self.partition(page.count) { index throws(SnapshotReadingError) in
            page.bytes[try page.leafElement(index).key].lexicographicallyPrecedes(key)
        }
        guard index < page.count else { return nil }
        let element = try page.leafElement(index)
        return page.bytes[element.key].elementsEqual(key) ? FoundEntry(page: page, element: element) : nil
    }

    /// The pair with the highest key; `nil` where there is none.
    package func last() throws(SnapshotReadingError) -> FoundEntry? {
        guard let page = try leaf({ page in page.count }), page.count > 0 else { return nil }
        return FoundEntry(page: page, element: try page.leafElement(page.count - 1))
    }

    /// The pages on the way to the last pair, from the root to the leaf.
    package func pathToLast() throws(SnapshotReadingError) -> [Page] {
        var path: [Page] = []
        guard
            let leaf = try leaf({ page in
                path.append(page)
                return page.count
            })
        else { return path }
        return path + [leaf]
    }

    /// The leaf that a way down leads to.
    ///
    /// - Parameter choose: Says behind which child of a branch the way leads down, counted from 1; 0 goes by the first.
    private func leaf(
        _ choose: (Page) throws(SnapshotReadingError) -> Int
    ) throws(SnapshotReadingError) -> Page? {
        guard case .page(var id) = bucket.root else {
            if case .inline(let page) = bucket.root { return page }
            return nil
        }
        var path: [Range<UInt64>] = []
        for _ in 0..<Self.maxDepth {
            let page = try image.page(id) { ids in
                defer { path.append(ids) }
                return !path.contains { $0.overlaps(ids) }
            }
            if page.kind == .leaf { return page }
            guard page.count > 0 else { throw .damaged(page: id, offset: 10, "a branch without a child") }
            id = try page.branchElement(max(0, try choose(page) - 1)).child
        }
        throw .damaged(page: id, "the way to it has more than \(Self.maxDepth) pages")
    }

    /// How many of so many, from the first on, something holds for that holds for no more once it does not.
    private static func partition(
        _ count: Int,
        _ holds: (Int) throws(SnapshotReadingError) -> Bool
    ) throws(SnapshotReadingError) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if try holds(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Goes over all of a snapshot's pages once: what is in it, and what is wrong with it.
struct SnapshotSurvey {
    /// etcd puts no bucket into another one; bbolt takes any depth.
    private static let greatestBucketDepth = 8
    /// etcd has eleven; what a file claims takes memory.
    private static let greatestBucketCount = 1000

    private let image: SnapshotImage
    private let checksHistory: Bool
    private let report: @Sendable (SnapshotDamage) throws -> Void

    /// - Parameters:
    ///   - checksHistory: Whether the revisions have to follow each other as they do in a cluster.
    ///   - report: Told of each damage; where it returns, the survey goes on behind it.
    init(_ image: SnapshotImage, checksHistory: Bool, report: @escaping @Sendable (SnapshotDamage) throws -> Void) {
        self.image = image
        self.checksHistory = checksHistory
        self.report = report
    }

    /// - Throws: What `report` throws; `SnapshotReadingError.unreadable`; `CancellationError`.
    func run() throws -> SnapshotContents {
        for damage in image.metaPages.damages { try report(damage) }
        var walk = TreeWalk(image, report: report)
        var roots: [(page: Page, element: Page.LeafElement)] = []
        try walk.leaves(of: Bucket(rootOf: image)) { leaf in
            roots += leaf.elements.prefix(Self.greatestBucketCount - roots.count).map { (leaf.page, $0) }
            if leaf.elements.count > 0, roots.count >= Self.greatestBucketCount {
                throw SnapshotReadingError.damaged(
                    page: leaf.page.id,
                    "the root holds \(Self.greatestBucketCount) buckets or more, and etcd has eleven"
                )
            }
        }
        let history = HistoryReader(compacted: try compactedRevisions(), isChecked: checksHistory)
        var reader = ContentsReader(image, history: history, report: report)
        for (page, element) in roots {
            guard element.isBucket else {
                try report(
                    SnapshotDamage(page: page.id, offset: element.key.lowerBound, "it is no bucket, as the root holds")
                )
                continue
            }
            let name = page.bytes[element.key]
            let kind = EtcdBucket(name: name)
            guard let bucket = try bucket(element, in: page) else { continue }
            reader.begin(name)
            var inner: [Nested] = []
            try walk.leaves(of: bucket) { leaf in
                for element in leaf.elements {
                    try reader.take(element, of: leaf.page, in: kind)
                    if element.isBucket { try append(Nested(page: leaf.page, element: element, depth: 2), to: &inner) }
                }
            }
            try walkThrough(inner, &walk)
        }
        try Freelist.check(image, &walk, report)
        return reader.finish(freePageCount: image.meta.pageCount - 2 - walk.reached.count)
    }

    /// A bucket within a bucket.
    private struct Nested {
        var page: Page
        var element: Page.LeafElement
        var depth: Int
    }

    private func append(_ nested: Nested, to waiting: inout [Nested]) throws {
        guard waiting.count < Self.greatestBucketCount else {
            throw SnapshotReadingError.damaged(
                page: nested.page.id,
                "\(Self.greatestBucketCount) buckets or more lie in one, and etcd puts none there"
            )
        }
        waiting.append(nested)
    }

    private func walkThrough(_ inner: [Nested], _ walk: inout TreeWalk) throws {
        var waiting = inner
        while let nested = waiting.popLast() {
            guard nested.depth <= Self.greatestBucketDepth else {
                try report(
                    SnapshotDamage(
                        page: nested.page.id,
                        offset: nested.element.key.lowerBound,
                        "buckets lie in each other more than \(Self.greatestBucketDepth) deep"
                    )
                )
                continue
            }
            guard let bucket = try bucket(nested.element, in: nested.page) else { continue }
            try walk.leaves(of: bucket) { leaf in
                for element in leaf.elements where element.isBucket {
                    try append(Nested(page: leaf.page, element: element, depth: nested.depth + 1), to: &waiting)
                }
            }
        }
    }

    private func bucket(_ element: Page.LeafElement, in page: Page) throws -> Bucket? {
        do throws(SnapshotReadingError) {
            return try Bucket(element.value, in: page)
        } catch .damaged(let damage) {
            try report(damage)
            return nil
        }
    }

    /// Where what tells of compaction is damaged, which the walk finds by itself, any record may be gone.
    private func compactedRevisions() throws -> CompactedRevisions {
        do throws(SnapshotReadingError) {
            return try CompactedRevisions(of: image)
        } catch .damaged {
            var unknown = CompactedRevisions()
            unknown.finished = .max
            return unknown
        }
    }
}

/// Goes over all of a snapshot's pages once: what is in it, and what is wrong with it.
struct IntegrityCheck {
    /// etcd puts no bucket into another one; bbolt takes any depth.
    private static let maxBucketDepth = 8
    /// etcd has eleven; what a file claims takes memory.
    private static let maxBucketCount = 1000

    private let image: SnapshotImage
    private let checksHistory: Bool
    private let hashesKeys: Bool
    private let report: @Sendable (SnapshotDamage) throws -> Void

    /// - Parameters:
    ///   - checksHistory: Whether the revisions have to follow each other as they do in a cluster.
    ///   - hashesKeys: Whether `SnapshotContents.keyHash` is computed.
    ///   - report: Gets each damage; where it returns, the check continues behind it.
    init(
        _ image: SnapshotImage,
        checksHistory: Bool,
        hashesKeys: Bool = false,
        report: @escaping @Sendable (SnapshotDamage) throws -> Void
    ) {
        self.image = image
        self.checksHistory = checksHistory
        self.hashesKeys = hashesKeys
        self.report = report
    }

    /// - Throws: What `report` throws; `SnapshotReadingError.unreadable`; `CancellationError`.
    func run() throws -> SnapshotContents {
        // A server makes both meta pages anew: in what it has sent, none is torn by a crash, and keys may be missing.
        let mayMissKeys = image.hasTrailer && image.metaPages.mayMissChanges
        if mayMissKeys { for damage in image.metaPages.damages { try report(damage) } }
        var walk = TreeIterator(image, report: report)
        var roots: [(page: Page, element: Page.LeafElement)] = []
        try walk.leaves(of: Bucket(rootOf: image)) { leaf in
            let page = leaf.page.copy
            roots += leaf.elements.prefix(Self.maxBucketCount - roots.count).map { (page, $0) }
            if leaf.elements.count > 0, roots.count >= Self.maxBucketCount {
                throw SnapshotReadingError.damaged(
                    page: leaf.page.id,
                    "the root holds \(Self.maxBucketCount) buckets or more, and etcd has eleven"
                )
            }
        }
        let history = HistoryReader(
            compacted: try compactedRevisions(),
            isChecked: checksHistory,
            isHashed: hashesKeys
        )
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
                    if element.isBucket { try append(element, of: leaf.page, depth: 2, to: &inner) }
                }
            }
            try walkThrough(inner, &walk)
        }
        let freelistProblems = try Freelist.check(image, &walk)
        var contents = reader.finish(freePageCount: image.meta.pageCount - 2 - walk.reached.count)
        contents.notices += notices(freelistProblems, revision: contents.revision)
        return contents
    }

    /// What is wrong beside the trees. bbolt starts on it, and no key is lost.
    private func notices(_ freelistProblems: Freelist.Problems, revision: Int64) -> [SnapshotNotice] {
        var notices = image.metaPages.damages.map { damage in
            SnapshotNotice.damagedMetaPage(
                damage,
                usedPage: image.metaPages.currentNumber,
                transaction: image.meta.transaction,
                revision: revision,
                mayMissChanges: image.metaPages.mayMissChanges
            )
        }
        if let first = freelistProblems.first {
            notices.append(.wrongFreelist(first, problemCount: freelistProblems.count))
        }
        return notices
    }

    /// A bucket within a bucket. It holds no page, so that many of them take no more memory than what they hold.
    private struct Nested {
        var bucket: Bucket
        var depth: Int
    }

    private func append(
        _ element: Page.LeafElement,
        of page: Page,
        depth: Int,
        to waiting: inout [Nested]
    ) throws {
        guard waiting.count < Self.maxBucketCount else {
            throw SnapshotReadingError.damaged(
                page: page.id,
                "\(Self.maxBucketCount) buckets or more lie in one, and etcd puts none there"
            )
        }
        guard depth <= Self.maxBucketDepth else {
            let problem = "buckets lie in each other more than \(Self.maxBucketDepth) deep"
            return try report(SnapshotDamage(page: page.id, offset: element.key.lowerBound, problem))
        }
        if let bucket = try bucket(element, in: page) { waiting.append(Nested(bucket: bucket, depth: depth)) }
    }

    private func walkThrough(_ inner: [Nested], _ walk: inout TreeIterator) throws {
        var waiting = inner
        while let nested = waiting.popLast() {
            try walk.leaves(of: nested.bucket) { leaf in
                for element in leaf.elements where element.isBucket {
                    try append(element, of: leaf.page, depth: nested.depth + 1, to: &waiting)
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

    /// Where the records of compaction are damaged, which the walk finds by itself, any record may be missing.
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

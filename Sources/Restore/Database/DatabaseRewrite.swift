import Snapshot

/// Makes the database of a snapshot that of a new cluster, by pages written behind all that it has: of those in it,
/// only the two meta pages change.
///
/// etcd and bbolt do the same in place (etcd v3.5.1 `etcdutl/snapshot/v3_snapshot.go`, `saveDB`; `server/etcdserver/
/// api/membership/store.go`, `MustPushMembers`, `TrimMembershipFromBackend`). The history of the keys stays as it is,
/// to the byte; with a bump, one record is added.
struct DatabaseRewrite {
    private let image: SnapshotImage
    private let pageByteCount: Int
    /// What is to be written, each at the page that is given.
    private var newPages: [(id: UInt64, bytes: [UInt8])] = []
    /// The number of pages with the new ones.
    private var pageCount: UInt64
    /// The value of each bucket in the root.
    private var buckets: [[UInt8]: [UInt8]] = [:]
    /// The revision of the record that the bump has added.
    private var bumpedRevision: Int64?

    /// - Throws: `RestoreError.noBucket`, `.bumpedTooFar`; `SnapshotReadingError`.
    init(_ image: SnapshotImage, cluster: InitialCluster, bumpBy bump: Int64?) throws {
        self.image = image
        pageByteCount = Int(image.meta.pageByteCount)
        pageCount = image.meta.pageCount
        for pair in try Self.pairs(of: Bucket(rootOf: image), image) { buckets[pair.key] = pair.value }
        for name in ["key", "meta"] where buckets[Array(name.utf8)] == nil { throw RestoreError.noBucket(name) }

        var meta = try pairs(ofBucket: "meta")
        let memberCount = UInt64(cluster.members.count)
        meta[Array("consistent_index".utf8)] = memberCount.bigEndianBytes
        meta[Array("term".utf8)] = UInt64(1).bigEndianBytes
        meta[Array("confState".utf8)] = Array(ConfState.json(cluster).utf8)
        if let bump {
            let mark = try addMark(after: bump)
            meta[Array("scheduledCompactRev".utf8)] = mark
        }
        try replace("meta", with: meta)
        var members: [[UInt8]: [UInt8]] = [:]
        for member in cluster.members { members[Array(hex(member.id).utf8)] = Array(MemberJSON.member(member).utf8) }
        try replace("members", with: members)
        try replace("members_removed", with: [:])
        if buckets[Array("cluster".utf8)] == nil { try replace("cluster", with: [:]) }
    }

    /// Adds the new root, and both meta pages.
    mutating func finish() throws -> DatabasePatch {
        let root = try append(LeafPage(buckets.map { LeafPage.Pair(key: $0, value: $1, isBucket: true) }))
        var meta = image.meta
        meta.rootPage = root
        meta.pageCount = pageCount
        meta.freelistPage = nil
        // bbolt writes page 0 in even transactions.
        guard meta.transaction < 1 << 62 else {
            throw SnapshotReadingError.damaged(
                page: 0,
                offset: Page.headerByteCount + 48,
                "its transaction is beyond all use"
            )
        }
        let transaction = (meta.transaction + 2) / 2 * 2
        let metas = [0 as UInt64, 1].map { number in
            meta.transaction = transaction - number
            let header = Page.Header(id: number, flags: Page.Kind.meta.rawValue, count: 0, overflow: 0)
            let bytes = header.bytes + meta.bytes
            return (id: number, bytes: bytes + [UInt8](repeating: 0, count: pageByteCount - bytes.count))
        }
        return DatabasePatch(
            pieces: (newPages + metas).map { (Int64($0.id) * Int64(pageByteCount), $0.bytes) },
            oldByteCount: Int64(image.meta.pageCount) * Int64(pageByteCount),
            byteCount: Int64(pageCount) * Int64(pageByteCount),
            bumpedRevision: bumpedRevision
        )
    }

    // MARK: - Buckets

    /// The pairs of a small bucket.
    private func pairs(ofBucket name: String) throws -> [[UInt8]: [UInt8]] {
        guard let cursor = try BucketCursor(image: image, bucket: name) else { return [:] }
        return Dictionary(try Self.pairs(of: cursor.bucket, image).map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// What a bucket that is read into memory may take; etcd's small ones take some kilobytes.
    private static let maxSmallByteCount = 16 << 20

    /// All pairs of a bucket that is small in any database of etcd.
    private static func pairs(of bucket: Bucket, _ image: SnapshotImage) throws -> [LeafPage.Pair] {
        var pairs: [LeafPage.Pair] = []
        var byteCount = 0
        var walk = TreeIterator(strictly: image)
        try walk.leaves(of: bucket) { leaf in
            for element in leaf.elements {
                byteCount += element.key.count + element.value.count
                guard pairs.count < LeafPage.maxPairCount, byteCount <= maxSmallByteCount else {
                    throw SnapshotReadingError.damaged(
                        page: leaf.page.id,
                        "a bucket that is always small is too large"
                    )
                }
                pairs.append(
                    LeafPage.Pair(
                        key: Array(leaf.page.bytes[element.key]),
                        value: Array(leaf.page.bytes[element.value]),
                        isBucket: element.isBucket
                    )
                )
            }
        }
        return pairs
    }

    /// Writes a bucket anew: into the value that stands for it where it is small, as bbolt does, else as a page.
    private mutating func replace(_ name: String, with pairs: [[UInt8]: [UInt8]]) throws {
        try replace(name, with: LeafPage(pairs.map { LeafPage.Pair(key: $0, value: $1) }))
    }

    private mutating func replace(_ name: String, with leaf: LeafPage) throws {
        let sequence = buckets[Array(name.utf8)].map { $0.count >= 16 ? Array($0[8..<16]) : [] } ?? []
        let sequenceBytes = sequence.isEmpty ? [UInt8](repeating: 0, count: 8) : sequence
        if leaf.byteCount <= pageByteCount / 4 {
            buckets[Array(name.utf8)] = UInt64(0).littleEndianBytes + sequenceBytes + leaf.bytes(id: 0, overflow: 0)
        } else {
            buckets[Array(name.utf8)] = try append(leaf).littleEndianBytes + sequenceBytes
        }
    }

    // MARK: - Pages

    private mutating func append(_ leaf: LeafPage) throws -> UInt64 {
        guard leaf.pairs.count <= LeafPage.maxPairCount else {
            throw SnapshotReadingError.damaged(
                page: image.meta.rootPage,
                "a bucket that is always small has too many pairs"
            )
        }
        let pages = (leaf.byteCount + pageByteCount - 1) / pageByteCount
        return append(leaf.bytes(id: pageCount, overflow: UInt32(pages - 1)))
    }

    /// - Parameter bytes: With the id of the next page in its header.
    private mutating func append(_ bytes: [UInt8]) -> UInt64 {
        let id = pageCount
        let pages = (bytes.count + pageByteCount - 1) / pageByteCount
        newPages.append((id, bytes + [UInt8](repeating: 0, count: pages * pageByteCount - bytes.count)))
        pageCount += UInt64(pages)
        return id
    }

    // MARK: - The bump

    /// Adds a record of no key, far behind the last one, up to which a server then takes history for compacted
    /// (etcd v3.5.10 `etcdutl/snapshot/v3_snapshot.go`, `modifyLatestRevision`).
    ///
    /// - Returns: Its key.
    private mutating func addMark(after bump: Int64) throws -> [UInt8] {
        let last = try RevisionRange(image).last
        let (bumped, overflow) = last.addingReportingOverflow(bump)
        guard !overflow else { throw RestoreError.bumpedTooFar(from: last, by: bump) }
        bumpedRevision = bumped
        let pair = LeafPage.Pair(key: RevisionKey(main: bumped).bytes, value: [])
        guard let cursor = try BucketCursor(image: image, bucket: "key") else { throw RestoreError.noBucket("key") }
        let path = try cursor.pathToLast()
        guard let leaf = path.last else { throw RestoreError.noBucket("key") }
        let pairs = try leaf.leafElements().map { element in
            LeafPage.Pair(key: Array(leaf.bytes[element.key]), value: Array(leaf.bytes[element.value]))
        }
        let newLeaf = LeafPage(pairs + [pair])
        guard case .page = cursor.bucket.root else {
            try replace("key", with: newLeaf)
            return pair.key
        }
        var child = try append(newLeaf)
        for branch in path.dropLast().reversed() {
            var bytes = branch.bytes.array
            bytes.replaceSubrange(0..<8, with: pageCount.littleEndianBytes)
            let offset = Page.elementOffset(branch.count - 1) + 8
            bytes.replaceSubrange(offset..<offset + 8, with: child.littleEndianBytes)
            child = append(bytes)
        }
        let name = Array("key".utf8)
        buckets[name] = child.littleEndianBytes + (buckets[name]?.dropFirst(8) ?? [])
        return pair.key
    }
}

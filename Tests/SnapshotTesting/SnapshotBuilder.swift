package import Restore
import Snapshot
import TestSupport
import Testing

/// A snapshot that is written anew from what a fixture holds: a leaf for each bucket, however long, and one for the
/// root.
package struct SnapshotBuilder {
    package var buckets: [(name: String, pairs: [LeafPage.Pair])] = []
    package var pageByteCount = 4096
    /// The pages that are free, where a list of them is kept as before etcd 3.3: a list of those that really are, and
    /// what a test makes of it.
    package var freelist: (@Sendable (_ free: [UInt64]) -> [UInt64])?
    /// How many pages nothing is in.
    package var freePageCount = 0

    package init(_ fixture: String) throws {
        let image = try SnapshotFile(path: "\(Fixture.folder)/snapshots/\(fixture)").image()
        var walk = TreeIterator(strictly: image)
        for pair in try Self.pairs(of: Bucket(rootOf: image), &walk) {
            let name = String(decoding: pair.key, as: UTF8.self)
            let cursor = try #require(try BucketCursor(image: image, bucket: name))
            buckets.append((name, try Self.pairs(of: cursor.bucket, &walk)))
        }
    }

    private static func pairs(of bucket: Bucket, _ walk: inout TreeIterator) throws -> [LeafPage.Pair] {
        var pairs: [LeafPage.Pair] = []
        try walk.leaves(of: bucket) { leaf in
            pairs += leaf.elements.map {
                .init(
                    key: Array(leaf.page.bytes[$0.key]),
                    value: Array(leaf.page.bytes[$0.value]),
                    isBucket: $0.isBucket
                )
            }
        }
        return pairs
    }

    /// Adds a pair to a bucket, or replaces the one of its key; makes the bucket where there is none.
    package mutating func set(_ bucket: String, _ key: [UInt8], _ value: [UInt8], isBucket: Bool = false) {
        if !buckets.contains(where: { $0.name == bucket }) { buckets.append((bucket, [])) }
        for index in buckets.indices where buckets[index].name == bucket {
            buckets[index].pairs.removeAll { $0.key == key }
            buckets[index].pairs.append(.init(key: key, value: value, isBucket: isBucket))
        }
    }

    /// The value that stands for a bucket within a value.
    package static func inline(_ pairs: [LeafPage.Pair]) -> [UInt8] {
        [UInt8](repeating: 0, count: 16) + LeafPage(pairs).bytes(id: 0, overflow: 0)
    }

    /// With a right SHA-256 at its end.
    package func bytes() throws -> [UInt8] {
        var pages: [UInt8] = []
        func nextPage() -> UInt64 { UInt64(2 + pages.count / pageByteCount) }
        func append(_ bytes: [UInt8]) {
            pages += bytes + [UInt8](repeating: 0, count: (pageByteCount - bytes.count % pageByteCount) % pageByteCount)
        }
        func append(_ leaf: LeafPage) -> UInt64 {
            let id = nextPage()
            append(leaf.bytes(id: id, overflow: UInt32((leaf.byteCount + pageByteCount - 1) / pageByteCount - 1)))
            return id
        }
        var roots: [LeafPage.Pair] = []
        for (name, pairs) in buckets {
            let value = append(LeafPage(pairs)).littleEndianBytes + [UInt8](repeating: 0, count: 8)
            roots.append(.init(key: Array(name.utf8), value: value, isBucket: true))
        }
        var meta = try SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db").image().meta
        meta.pageByteCount = UInt64(pageByteCount)
        meta.rootPage = append(LeafPage(roots))
        let free = (0..<freePageCount).map { _ in
            let id = nextPage()
            append([UInt8](repeating: 0xAA, count: pageByteCount))
            return id
        }
        if let freelist {
            let ids = freelist(free)
            let header = Page.Header(id: nextPage(), flags: Page.Kind.freelist.rawValue, count: ids.count, overflow: 0)
            meta.freelistPage = nextPage()
            append(header.bytes + ids.flatMap(\.littleEndianBytes))
        }
        meta.pageCount = nextPage()
        let metas = [0 as UInt64, 1].flatMap { number in
            meta.transaction = 10 - number
            let bytes =
                Page.Header(id: number, flags: Page.Kind.meta.rawValue, count: 0, overflow: 0).bytes + meta.bytes
            return bytes + [UInt8](repeating: 0, count: pageByteCount - bytes.count)
        }
        return Resealed.bytes(metas + pages + [UInt8](repeating: 0, count: 32))
    }
}

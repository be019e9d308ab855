import Foundation
import TestSupport
import Testing

@testable import Snapshot

@Suite("A database with pages of another size, as other machines write it")
struct PageSizeTests {
    /// What a fixture holds, written anew: a leaf for each bucket, however long, and one for the root.
    private func rewritten(_ fixture: String, pageByteCount: Int) throws -> [UInt8] {
        let image = try SnapshotFile(path: "\(Fixture.folder)/snapshots/\(fixture)").image()
        var pages: [[UInt8]] = []
        func append(_ pairs: [LeafPage.Pair]) -> UInt64 {
            let leaf = LeafPage(pairs)
            let pageCount = (leaf.byteCount + pageByteCount - 1) / pageByteCount
            let id = UInt64(2 + pages.reduce(0) { $0 + $1.count } / pageByteCount)
            let bytes = leaf.bytes(id: id, overflow: UInt32(pageCount - 1))
            pages.append(bytes + [UInt8](repeating: 0, count: pageCount * pageByteCount - bytes.count))
            return id
        }
        var roots: [LeafPage.Pair] = []
        for (name, bucket) in try buckets(of: image) {
            roots.append(
                .init(
                    key: name,
                    value: append(bucket).littleEndianBytes + [UInt8](repeating: 0, count: 8),
                    isBucket: true
                )
            )
        }
        var meta = image.meta
        meta.pageByteCount = UInt64(pageByteCount)
        meta.rootPage = append(roots)
        meta.pageCount = 2 + UInt64(pages.reduce(0) { $0 + $1.count } / pageByteCount)
        let metas = [0 as UInt64, 1].map { number in
            meta.transaction = 10 - number
            let bytes =
                Page.Header(id: number, flags: Page.Kind.meta.rawValue, count: 0, overflow: 0).bytes + meta.bytes
            return bytes + [UInt8](repeating: 0, count: pageByteCount - bytes.count)
        }
        return Resealed.bytes((metas + pages).flatMap { $0 } + [UInt8](repeating: 0, count: 32))
    }

    private func buckets(of image: SnapshotImage) throws -> [(name: [UInt8], pairs: [LeafPage.Pair])] {
        var buckets: [(name: [UInt8], pairs: [LeafPage.Pair])] = []
        var walk = TreeWalk(strictly: image)
        for pair in try pairs(of: Bucket(rootOf: image), &walk) {
            let name = String(decoding: pair.key, as: UTF8.self)
            let cursor = try #require(try BucketCursor(image: image, bucket: name))
            buckets.append((pair.key, try pairs(of: cursor.bucket, &walk)))
        }
        return buckets
    }

    private func pairs(of bucket: Bucket, _ walk: inout TreeWalk) throws -> [LeafPage.Pair] {
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

    @Test("is read, and restored so that a real etcd starts on it", arguments: [1024, 16384, 65536])
    func otherSize(pageByteCount: Int) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(rewritten("late.db", pageByteCount: pageByteCount), to: "other.db")
        let original = try await SnapshotFile(path: "\(Fixture.folder)/snapshots/late.db").contents()
        let file = try SnapshotFile(path: path)
        let verification = try await file.verify()
        #expect(verification.problems == [])
        #expect(verification.contents?.pageByteCount == Int64(pageByteCount))
        #expect(verification.contents?.hash == original.hash)
        #expect(verification.contents?.freeByteCount == 0)
        #expect(try StatusOfEtcd(.v34, path).hash == original.hash)

        let cluster = try InitialCluster("default=http://localhost:2380", token: "etcd-cluster")
        for (name, bump) in [("plain", nil), ("bumped", 1000)] as [(String, Int64?)] {
            let target = RestoreTarget(member: cluster.members[0], dataDirectory: folder.path(name))
            _ = try await file.restore(cluster, to: [target], sha256: verification.sha256, bumpBy: bump)
            let server = try EtcdServer(.v34, folder: folder.path(name))
            #expect(try server.client.revision() == 208 + (bump ?? 0))
            #expect(try server.client.keys().count == original.liveKeyCount)
            #expect(try server.client.change([.init("/after", [1])]) == 209 + (bump ?? 0))
        }
    }
}

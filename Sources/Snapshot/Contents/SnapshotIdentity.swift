/// What a snapshot is of: how far its cluster had come, and which etcd wrote it. Only a few pages are read for it.
public struct SnapshotIdentity: Sendable, Equatable {
    /// The cluster's revision when it was saved, deletions and compactions included; 1 where nothing was ever written.
    ///
    /// It is higher than what `etcdctl snapshot status` tells where the last writes were compacted away.
    public var revision: Int64
    /// The cluster's version as it had agreed on it, `3.4.0`: major and minor of the oldest member then.
    public var clusterVersion: String?

    /// - Throws: `SnapshotReadingError`.
    public init(of image: SnapshotImage) throws(SnapshotReadingError) {
        let root = BucketCursor(image: image, bucket: Bucket(rootOf: image))
        func bucket(_ name: String) throws(SnapshotReadingError) -> BucketCursor? {
            guard let found = try root.find(Array(name.utf8)) else { return nil }
            guard found.element.isBucket else {
                throw .damaged(page: found.page.id, offset: found.element.key.lowerBound, "'\(name)' is no bucket")
            }
            return BucketCursor(image: image, bucket: try Bucket(found.element.value, in: found.page))
        }
        var revision: Int64 = 1
        // etcd v3.4.23 `mvcc/kvstore.go`, `restore`.
        if let last = try bucket("key")?.last() {
            revision = max(revision, try Self.mainRevision(last.key, last))
        }
        if let meta = try bucket("meta") {
            for name in ["finishedCompactRev", "scheduledCompactRev"] {
                if let found = try meta.find(Array(name.utf8)) {
                    revision = max(revision, try Self.mainRevision(found.value, found))
                }
            }
        }
        self.revision = revision
        if let found = try bucket("cluster")?.find(Array("clusterVersion".utf8)) {
            clusterVersion = String(validating: found.value, as: UTF8.self)
        }
    }

    /// The first number of a revision: main u64, `_`, sub u64, the highest byte first, and `t` behind it for a deletion
    /// (etcd v3.4.23 `mvcc/revision.go`).
    private static func mainRevision(
        _ bytes: ArraySlice<UInt8>,
        _ found: BucketCursor.Found
    ) throws(SnapshotReadingError) -> Int64 {
        guard (17...18).contains(bytes.count), bytes[bytes.startIndex + 8] == UInt8(ascii: "_"),
            let revision = Int64(exactly: bytes.prefix(8).bigEndianInteger)
        else {
            throw .damaged(page: found.page.id, offset: bytes.startIndex, "it holds no revision")
        }
        return revision
    }
}

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
        // etcd v3.4.23 `mvcc/kvstore.go`, `restore`.
        revision = max(1, try CompactedRevisions(of: image).greatest)
        if let last = try BucketCursor(image: image, bucket: "key")?.last() {
            guard let found = RecordRevision(last.key) else {
                throw .damaged(page: last.page.id, offset: last.element.key.lowerBound, "it is no revision, as 'key' holds")
            }
            revision = max(revision, found.main)
        }
        if let found = try BucketCursor(image: image, bucket: "cluster")?.find(Array("clusterVersion".utf8)) {
            clusterVersion = String(validating: found.value, as: UTF8.self)
        }
    }
}

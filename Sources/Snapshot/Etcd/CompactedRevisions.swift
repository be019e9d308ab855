/// Up to where the cluster's history is compacted (etcd v3.4.23 `mvcc/kvstore.go`, `restore`).
struct CompactedRevisions: Sendable, Equatable {
    /// 0 where no compaction was ever finished.
    var finished: Int64 = 0
    /// Of one that was begun and may not be finished: a server that starts on the data continues it.
    var scheduled: Int64 = 0

    private static let finishedName = "finishedCompactRev"
    private static let scheduledName = "scheduledCompactRev"
    /// What they are called in the bucket `meta`.
    static let names = [finishedName, scheduledName]

    /// Up to where records may be gone.
    var latest: Int64 { max(finished, scheduled) }

    init() {}

    /// - Throws: `SnapshotReadingError`.
    init(of image: SnapshotImage) throws(SnapshotReadingError) {
        guard let meta = try BucketCursor(image: image, bucket: "meta") else { return }
        finished = try Self.revision(Self.finishedName, in: meta)
        scheduled = try Self.revision(Self.scheduledName, in: meta)
    }

    private static func revision(_ name: String, in meta: BucketCursor) throws(SnapshotReadingError) -> Int64 {
        guard let found = try meta.find(Array(name.utf8)) else { return 0 }
        guard let revision = RevisionKey(found.value) else {
            throw .damaged(page: found.page.id, offset: found.element.value.lowerBound, "'\(name)' holds no revision")
        }
        return revision.main
    }
}

/// What a snapshot holds, gathered by one walk through all its pages.
public struct SnapshotContents: Sendable, Equatable {
    // MARK: - What etcd reports

    /// Of all pairs in all buckets, as `etcdctl snapshot status` of every version prints it.
    public var hash: UInt32 = 0
    /// The revision of the last record of a key, 0 where there is none: what `etcdctl snapshot status` calls the
    /// revision.
    public var lastRecordRevision: Int64 = 0
    /// How many pairs there are in all buckets: what `snapshot status` of etcd 3.0 to 3.5 calls the total of keys.
    public var pairCount = 0
    /// The size of the database in bytes, without the trailer.
    public var imageByteCount: Int64 = 0

    // MARK: - The history

    /// The cluster's revision when it was saved, deletions and compactions included; 1 where nothing was ever written.
    public var revision: Int64 = 1
    /// Up to which revision history is compacted, or was about to be; 0 where it never was.
    public var compactedRevision: Int64 = 0
    /// How many keys a client would have found: what `snapshot status` of etcd 3.6 counts.
    public var liveKeyCount = 0
    /// Whether keys begin as those of Kubernetes do, with `/registry/`.
    public var holdsKubernetes = false
    /// How many changes of keys are in it, deletions included.
    public var recordCount = 0
    /// The hash of all keys at the cluster's revision; `nil` where it was not asked for.
    public var keyHash: KeyHash?

    // MARK: - The cluster

    /// What the members had agreed on, `3.5.0`: major and minor of the oldest of them.
    public var clusterVersion: String?
    /// Which versions of etcd the form of the database reveals.
    public var writer = Writer.upTo34
    public var members: [Member] = []
    public var leaseCount = 0
    public var alarms: [Alarm] = []
    public var isAuthEnabled = false
    /// The index of the last entry of the raft log that is in it.
    public var consistentIndex: UInt64?
    /// A downgrade that was not finished: the version that it leads to.
    public var downgradeTarget: String?

    // MARK: - The file

    public var pageByteCount: Int64 = 0
    /// The size of the pages that nothing is in, in bytes: what a defragmentation gives back.
    public var freeByteCount: Int64 = 0
    /// What is unusual in it, although etcd starts on it.
    public var notices: [SnapshotNotice] = []

    /// Since when an etcd writes a database of this form: 3.5 began to note the term, 3.6 the version itself.
    public enum Writer: Sendable, Equatable {
        case upTo34
        case from35
        /// The version as it is noted: `3.6.0`.
        case from36(storageVersion: String)
    }
}

extension SnapshotContents.Writer: CustomStringConvertible {
    public var description: String {
        switch self {
        case .upTo34: "3.4 or earlier"
        case .from35: "3.5"
        case .from36(let version): "3.6 or later (storage version \(version))"
        }
    }
}

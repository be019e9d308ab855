/// What etcd's server appends to a snapshot: the SHA-256 of all bytes before it (etcd v3.4.23
/// `etcdserver/api/v3rpc/maintenance.go`, `Snapshot`).
public enum SnapshotTrailer {
    /// The length of the SHA-256, in bytes.
    public static let byteCount: Int64 = 32

    /// What every size of a page is a multiple of, in bytes.
    public static let pageUnitByteCount: Int64 = 512

    /// Whether a file of so many bytes ends in one: etcd asks no more
    /// (`clientv3/snapshot/v3_snapshot.go`, `hasChecksum`).
    public static func isExpected(inFileOf byteCount: Int64) -> Bool {
        byteCount % pageUnitByteCount == Self.byteCount
    }
}

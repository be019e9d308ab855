/// Where backups can be had from: a store with a layout, or the cluster's backup service.
///
/// All calls throw a `Failure`, and `CancellationError` where their task is cancelled.
public protocol BackupSource: Sendable {
    /// What it is called in sentences: `volume /var/etcd-backup`.
    var location: String { get }

    /// What the prompt calls it, as `use` does: `pv`.
    var shortName: String { get }

    /// The clusters with backups there.
    func clusters() async throws -> ClusterListing

    /// The backups of a cluster. A cluster that is not there has none: that is an empty listing, not an error.
    func backups(of cluster: String) async throws -> BackupListing

    /// Hands the bytes of `range` to `sink`, in order: the contract of `Store.read`.
    func read(
        _ backup: Backup,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws
}

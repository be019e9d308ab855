/// What is unusual in a snapshot: etcd starts on it all the same, and what a restore writes no longer has it.
public enum SnapshotNotice: Sendable, Equatable {
    /// One of the two meta pages is damaged, as a crash leaves it. The keys are those that the other one leads to: all
    /// of them, or as they were before the last transaction.
    case damagedMetaPage(
        SnapshotDamage,
        usedPage: UInt64,
        transaction: UInt64,
        revision: Int64,
        mayMissChanges: Bool
    )
    /// The list of free pages does not match the pages in use. An etcd that starts on this very file reads the list,
    /// and may write over a page that is in use (bbolt v1.3.3 `freelist.go`).
    case wrongFreelist(SnapshotDamage, problemCount: Int)
    /// Keys were migrated from etcd's API v2: each has version 1, and their revisions have gaps up to this one
    /// (etcd v3.4.23 `etcdctl/ctlv3/command/migrate_command.go`).
    case migratedKeys(lastRevision: Int64)
}

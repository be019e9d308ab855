import Backups
import FoundationEssentials

/// A backup in `--json` output.
struct BackupRecord: Encodable {
    let kind: String
    let name: String
    /// Absent if the source does not name clusters.
    let cluster: String?
    let namespace: String?
    /// Present and true if only the user says so.
    let clusterAsYouSaid: Bool?
    /// The layout that it was found by, the node and the kind that its name says; absent if there is none.
    let layout: String?
    let node: String?
    let backupKind: String?
    /// Absent if unknown, like the revision.
    let version: String?
    let revision: Int64?
    /// In bytes; absent if the source does not report it before the download, like the fields derived from it.
    let size: Int64?
    let approximateSize: Int64?
    /// The encoding of the stored file, which has the size above: `gzip`.
    let encoding: String?
    let modified: Date?
    /// Present and true if its time has no zone: it is given as if it were UTC.
    let hasLocalTime: Bool?
    /// Absent if unknown.
    let ageSeconds: Double?
    /// Present and true if its time is in the future: its clock or this one is wrong.
    let inFuture: Bool?
    /// Whether a complete snapshot can have that size.
    let hasSnapshotSize: Bool?
    let isPicked: Bool
    /// Absent without a target, or if the etcd version is unknown.
    let restorable: Bool?
    /// The object version in the bucket, if it is not the current one.
    let versionID: String?
    /// `deleted` or `replaced`, if it is not the current object of its name.
    let standing: String?
    /// The archive storage class that it must be restored from first.
    let archive: String?
    /// Why this backup was picked.
    let reason: String?
    /// How many backups were skipped for this pick; absent if none.
    let skipped: Int?
    let passedOver: [PassedOver]?
    /// What makes the pick doubtful; absent if nothing does.
    let doubts: [String]?
    /// The steps of the distribution that made it; absent where our own `restore` is the way.
    var recovery: [RecoveryRecord]?

    @MainActor
    init(_ backup: Backup, kind: String = "backup", in session: Session, reason: String? = nil) {
        self.kind = kind
        hasSnapshotSize = backup.hasSizeOfSnapshot
        encoding = backup.encoding == .raw ? nil : backup.encoding.name
        isPicked = backup.isSame(as: session.pick)
        versionID = backup.entry?.version
        standing =
            switch backup.entry?.state {
            case .current, nil: nil
            case .noncurrent: "replaced"
            case .deleted: "deleted"
            }
        archive = backup.entry?.storageClass
        self.reason = reason
        let passedOver = kind == "pick" ? session.passedOver : []
        self.passedOver = passedOver.isEmpty ? nil : passedOver
        skipped = self.passedOver?.count
        let doubts = kind == "pick" ? session.doubts.codes : []
        self.doubts = doubts.isEmpty ? nil : doubts
        layout = backup.layout
        node = backup.node
        backupKind = backup.kind
        hasLocalTime = backup.hasLocalTime ? true : nil
        name = backup.name
        cluster = backup.cluster?.name
        namespace = backup.cluster?.namespace
        clusterAsYouSaid = session.isClusterSaid && backup.cluster != nil ? true : nil
        version = backup.version?.description
        revision = backup.knownRevision?.value
        size = backup.byteCount
        approximateSize = backup.approximateByteCount
        modified = backup.modified
        let now = session.dependencies.now()
        ageSeconds = backup.hasLocalTime ? nil : backup.age(at: now)?.seconds?.rounded(.down)
        inFuture = backup.isInFuture(at: now) ? true : nil
        restorable = session.target.flatMap { backup.isRestorable(into: $0) }
    }
}

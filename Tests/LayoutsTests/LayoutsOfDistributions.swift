import Backups
import BackupsTesting
import Codecs
import FoundationEssentials

@testable import Layouts

/// 2026-01-31, 08:15:00 in UTC.
let morning = Date(timeIntervalSince1970: 1_769_847_300)

/// Names as each distribution writes them, with what they say, and names beside them that are no backups.
extension LayoutUnderTest {
    private static let zip = BackupEncoding(name: "zip", nameEnding: ".zip")
    private static let tarGzip = BackupEncoding(name: "gzip", nameEnding: ".tar.gz")

    static let operatorBackup = LayoutUnderTest(
        OperatorBackupLayout(),
        backups: [
            ("etcd.backup_v99_2026-01-31-08:15:00", at(morning, revision: 99, kind: "periodic")),
            ("etcd.backup_v100_2026-01-31-08:15:00", at(morning, revision: 100, kind: "periodic")),
            ("_v1_2026-01-31-08:15:00", at(morning, revision: 1, kind: "periodic")),
        ],
        others: [
            "etcd.backup", "etcd.backup_v1_2026-13-31-08:15:00", "etcd.backup_v_2026-01-31-08:15:00",
            "etcd.backup_v9223372036854775808_2026-01-31-08:15:00", "etcd.backup_v1_2026-01-31-08-15-00",
        ],
        folder: FolderView(files: ["etcd.backup_v99_2026-01-31-08:15:00"])
    )

    static let k3s = LayoutUnderTest(
        K3sLayout(),
        backups: [
            ("etcd-snapshot-node-1.example-1769847300", at(morning, node: "node-1.example", kind: "scheduled")),
            ("on-demand-n1-1769847300.zip", at(morning, node: "n1", kind: "on-demand", encoding: zip)),
            ("before-upgrade-n1-1769847300", at(morning)),
        ],
        others: [
            "etcd-snapshot-n1-1769847300.part", "etcd-snapshot-n1-17698", "etcd-snapshot-n1-1769847300.gz",
            "1769847300", "etcd-snapshot-n1-99999999999999999999",
        ],
        folder: FolderView(path: ["snapshots"], files: ["etcd-snapshot-n1-1769847300"])
    )

    static let kops = LayoutUnderTest(
        KopsLayout(),
        backups: [
            (
                "2026-01-31T08:15:00Z-000001/etcd.backup.gz",
                at(morning, name: "2026-01-31T08:15:00Z-000001", encoding: .gzip)
            )
        ],
        others: [
            "control/etcd-cluster-created", "control/2026-01-31T08:15:00Z-000000/_command.json",
            "2026-01-31T08:15:00Z-000001/etcd.backup", "2026-01-31T08:15:00Z-1/etcd.backup.gz",
            "2026-13-31T08:15:00Z-000001/etcd.backup.gz", "etcd.backup.gz",
            "2026-01-31T08:15:00Z-000001/a/etcd.backup.gz",
        ],
        folder: FolderView(landmarks: ["backups/etcd/main/"])
    )

    static let gardener = LayoutUnderTest(
        GardenerLayout(),
        backups: [
            ("Full-00000000-00000099-1769847300.gz", at(morning, revision: 99, kind: "full", encoding: .gzip)),
            ("Full-00000000-00000100-1769847300", at(morning, revision: 100, kind: "full")),
            (
                "Full-00000000-123456789-1769847300.zlib",
                at(
                    morning,
                    revision: 123_456_789,
                    kind: "full",
                    encoding: BackupEncoding(name: "zlib", nameEnding: ".zlib")
                )
            ),
            (
                "Full-00000000-00000100-1769847300.Z",
                at(morning, revision: 100, kind: "full", encoding: BackupEncoding(name: "lzw", nameEnding: ".Z"))
            ),
            (
                "Full-00000000-00000100-1769847300.gz.final",
                at(
                    morning,
                    revision: 100,
                    kind: "final",
                    encoding: BackupEncoding(name: "gzip", nameEnding: ".gz.final")
                )
            ),
            (
                "Backup-1769847200/Full-00000000-00000100-1769847300",
                at(morning, revision: 100, kind: "full")
            ),
        ],
        others: [
            "Full-00000000-00000100-1769847300.gz/0000000001", "Full-0-00000100-1769847300",
            "Full-00000000-00000100-1769847300.zst", "Full-00000000-99999999999999999999-1769847300",
            "Full-00000000-00000100-1769847300.gz/",
        ],
        folder: FolderView(path: ["v2"], files: ["Full-00000000-00000099-1769847300.gz"])
    )

    static let openShift = LayoutUnderTest(
        OpenShiftLayout(),
        backups: [
            ("snapshot_2026-01-31_081500.db", local(name: "snapshot_2026-01-31_081500.db")),
            (
                "backup-daily-2026-01-31_081500/snapshot_2026-01-31_081500.db",
                local(name: "snapshot_2026-01-31_081500.db")
            ),
            ("2026-01-31_081500/snapshot_2026-01-31_081500.db", local(name: "snapshot_2026-01-31_081500.db")),
            ("etcd-backup-2026-01-31/snapshot_2026-01-31_081500.db", local(name: "snapshot_2026-01-31_081500.db")),
        ],
        others: [
            "snapshot_2026-01-31_081500__POSSIBLY_DIRTY__.db", "snapshot_2026-01-31_251500.db",
            "snapshot_2026-01-31_081500.db.part", "pods/snapshot_2026-01-31_081500.db",
        ],
        folder: FolderView(
            path: ["backup"],
            files: ["snapshot_2026-01-31_081500.db", "static_kuberesources_2026-01-31_081500.tar.gz"]
        )
    )

    static let bitnami = LayoutUnderTest(
        BitnamiLayout(),
        backups: [("db-2026-01-31_08-15", at(morning))],
        others: ["db-2026-01-31_08-15.part", "db-2026-01-31_08-60", "db-2026-01-31_08-15-00", "db"],
        folder: FolderView(path: ["snapshots"], files: ["db-2026-01-31_08-15"])
    )

    static let rke = LayoutUnderTest(
        RKELayout(),
        backups: [
            ("2026-01-31T08:15:00Z_etcd", at(morning, kind: "recurring")),
            ("2026-01-31T10:15:00+02:00_etcd.zip", at(morning, kind: "recurring", encoding: zip)),
            ("2026-01-31T10%3A15%3A00%2B02%3A00_etcd.zip", at(morning, kind: "recurring", encoding: zip)),
            ("rke_etcd_snapshot_2026-01-31T10:15:00+02:00.zip", at(morning, kind: "one-time", encoding: zip)),
            (
                "c-abcde-rl-x1y2z_2026-01-31T08:15:00Z.zip",
                at(morning, cluster: "c-abcde", kind: "recurring", encoding: zip)
            ),
            ("c-abcde-ms-x1y2z_2026-01-31T08-15-00Z", at(morning, cluster: "c-abcde", kind: "manual")),
        ],
        others: [
            "2026-01-31_etcd", "c-abcde-xl-x1y2z_2026-01-31T08:15:00Z", "c-abcde-rl-x1y2_2026-01-31T08:15:00Z",
            "2026-13-31T08:15:00Z_etcd.zip", "-rl-x1y2z_2026-01-31T08:15:00Z",
        ],
        folder: FolderView(path: ["etcd-snapshots"], files: ["2026-01-31T08:15:00Z_etcd.zip"])
    )

    static let k0s = LayoutUnderTest(
        K0sLayout(),
        backups: [("k0s_backup_2026-01-31T08_15_00_000Z.tar.gz", local(encoding: tarGzip))],
        others: ["k0s_backup_2026-01-31T08_15_00_000Z.tar", "k0s_backup_2026-01-31T08_61_00_000Z.tar.gz"],
        folder: FolderView(files: ["k0s_backup_2026-01-31T08_15_00_000Z.tar.gz"])
    )

    static let talos = LayoutUnderTest(
        TalosLayout(),
        backups: [
            ("my-cluster-2026-01-31T08:15:00Z.snap", at(morning, cluster: "my-cluster")),
            (
                "c-2026-01-31T10:15:00+02:00.snap.age",
                at(morning, cluster: "c", encoding: BackupEncoding(name: "age", nameEnding: ".age"))
            ),
            (
                "c-2026-01-31T08:15:00Z.snap.zst",
                at(morning, cluster: "c", encoding: BackupEncoding(name: "zstd", nameEnding: ".zst"))
            ),
            (
                "c-2026-01-31T08:15:00Z.snap.zst.age",
                at(morning, cluster: "c", encoding: BackupEncoding(name: "age", nameEnding: ".zst.age"))
            ),
        ],
        others: ["c-2026-01-31T08:15:00Z.snap.gz", "2026-01-31T08:15:00Z.snap", "c-2026-13-31T08:15:00Z.snap"],
        folder: FolderView(path: ["my-cluster"], files: ["my-cluster-2026-01-31T08:15:00Z.snap"])
    )

    static let omni = LayoutUnderTest(
        OmniLayout(),
        backups: [
            ("FFFFFFFF968245FC.snapshot", at(morning, encoding: BackupEncoding(name: "age", nameEnding: ""))),
            (
                "0000000000000000.snapshot",
                at(Date(timeIntervalSince1970: 0), encoding: BackupEncoding(name: "age", nameEnding: ""))
            ),
        ],
        others: [
            "FFFFFFFF968245FC.snapshot.tmp", "0000000000000001.snapshot", "ffffffff968245fc.snapshot",
            "8000000000000000.snapshot", "FFFFFFF968245FC.snapshot",
        ],
        folder: FolderView(path: ["01234567-89ab-cdef-0123-456789abcdef"], files: ["FFFFFFFF968245FC.snapshot"])
    )

    static let kubermatic = LayoutUnderTest(
        KubermaticLayout(),
        backups: [
            (
                "q9v8bcdxzl-default-2026-01-31t08-15-00.db.gz",
                at(morning, cluster: "q9v8bcdxzl", kind: "scheduled", encoding: .gzip)
            ),
            (
                "own-name-default-2026-01-31t08-15-00.db.gz",
                at(morning, cluster: "own-name-default", kind: "scheduled", encoding: .gzip)
            ),
            ("q9v8bcdxzl-before.db.gz", ParsedBackup(cluster: "q9v8bcdxzl", kind: "one-off", encoding: .gzip)),
        ],
        others: [
            "q9v8bcdxzl-default-2026-01-31t08-15-00.db", "q9v8bcdxzl-default-2026-01-31t25-15-00.db.gz", ".db.gz",
        ],
        folder: FolderView(files: ["q9v8bcdxzl-default-2026-01-31t08-15-00.db.gz"])
    )

    static let giantSwarm = LayoutUnderTest(
        GiantSwarmLayout(),
        backups: [
            ("gauss-x1y2z-v3-2026-01-31T08-15-00.db.tar.gz", local(cluster: "gauss-x1y2z", encoding: tarGzip)),
            (
                "gauss-x1y2z-v3-2026-01-31T08-15-00.db.tar.gz.enc",
                local(cluster: "gauss-x1y2z", encoding: BackupEncoding(name: "openpgp", nameEnding: ".tar.gz.enc"))
            ),
        ],
        others: ["gauss-x1y2z-v2-2026-01-31T08-15-00.db.tar.gz", "gauss-v3-2026-01-32T08-15-00.db.tar.gz"],
        folder: FolderView(files: ["gauss-x1y2z-v3-2026-01-31T08-15-00.db.tar.gz"])
    )

    static let hyperShift = LayoutUnderTest(
        HyperShiftLayout(),
        backups: [("1769847300.db", at(morning))],
        others: ["17698473.db", "a-1769847300.db", "1769847300", "99999999999999999999.db"],
        folder: FolderView(files: ["1769847300.db"])
    )

    static let etcdCloudOperator = LayoutUnderTest(
        EtcdCloudOperatorLayout(),
        backups: [
            (
                "etcd-0.example_00000000000000ff_etcd.backup",
                ParsedBackup(revision: Revision(255), node: "etcd-0.example")
            ),
            ("i_1_0000000000000001_etcd.backup", ParsedBackup(revision: Revision(1), node: "i_1")),
        ],
        others: ["_00000000000000ff_etcd.backup", "i_00000000000000FF_etcd.backup", "i_ffffffffffffffff_etcd.backup"],
        folder: FolderView(files: ["etcd-0.example_00000000000000ff_etcd.backup"])
    )

    static let kubespray = LayoutUnderTest(
        KubesprayLayout(),
        backups: [("etcd-2026-01-31_08:15:00/snapshot.db", local(name: "etcd-2026-01-31_08:15:00"))],
        others: [
            "etcd-2026-01-31_08:15:00/member/snap/db", "etcd-2026-01-31_24:15:00/snapshot.db", "snapshot.db",
            "etcd-2026-01-31-08:15:00/snapshot.db", "etcd-2026-01-31_08:15:00/snapshot.db.part",
        ],
        folder: FolderView(path: ["backups"], folders: ["dpkg", "etcd-2026-01-31_08:15:00"])
    )

    static let kubeKey = LayoutUnderTest(
        KubeKeyLayout(),
        backups: [
            ("etcd-2026-01-31-08-15-00/snapshot.db", local(name: "etcd-2026-01-31-08-15-00")),
            (
                "etcd-v3.5.13-2026-01-31-08-15-00/snapshot.db",
                local(
                    name: "etcd-v3.5.13-2026-01-31-08-15-00",
                    version: EtcdVersion(major: 3, minor: 5, patch: 13),
                    kind: "before-install"
                )
            ),
            ("timer/etcd-2026-01-31-08-15-00/snapshot.db", local(name: "etcd-2026-01-31-08-15-00")),
        ],
        others: [
            "etcd-2026-01-31-08-15-00/a.db", "etcd-2026-13-31-08-15-00/snapshot.db",
            "etcd-vx-2026-01-31-08-15-00/snapshot.db",
        ],
        folder: FolderView(folders: ["etcd-2026-01-31-08-15-00"])
    )

    static let kubeadm = LayoutUnderTest(
        KubeadmLayout(),
        backups: [],
        others: [
            "kubeadm-backup-etcd-2026-01-31-08-15-00/etcd/member/snap/db",
            "kubeadm-backup-etcd-2026-01-31-08-15-00/etcd/member/wal/0.wal",
        ],
        folder: FolderView(path: ["tmp"], folders: ["kubeadm-backup-etcd-2026-01-31-08-15-00"]),
        holdsNoBackups: true
    )

    static let charmed = LayoutUnderTest(
        CharmedLayout(),
        backups: [("etcd-snapshot-2026-01-31-08.15.00.tar.gz", local(encoding: tarGzip))],
        others: [
            "etcd-data-20260131-081500.tar.gz", "etcd-snapshot-2026-01-31-08.15.00.tar",
            "etcd-snapshot-2026-01-31-08.15.61.tar.gz",
        ],
        folder: FolderView(path: ["etcd-snapshots"], files: ["etcd-snapshot-2026-01-31-08.15.00.tar.gz"])
    )

    static let cozystack = LayoutUnderTest(
        CozystackLayout(),
        backups: [
            ("daily-20260131-081500-rev7.db", at(morning, revision: 7, kind: "scheduled")),
            ("once-rev1234.db", ParsedBackup(revision: Revision(1234), kind: "one-shot")),
            ("tenant-etcd-migration.db", ParsedBackup(cluster: "tenant-etcd", kind: "pre-migration")),
            ("daily.db", ParsedBackup()),
        ],
        others: [
            ".etcd-snapshot-123.db.tmp", "daily-20261331-081500-rev7.db", "daily-rev9223372036854775808.db", "daily",
        ],
        folder: FolderView(files: ["daily.db", "daily.db.uid"])
    )

    static let vCluster = LayoutUnderTest(
        VClusterLayout(),
        backups: [("my-snapshot.tar.gz", ParsedBackup(encoding: tarGzip))],
        others: ["my-vcluster-snapshot-2026-01-31T08-15-00.tar.gz", "my-snapshot.tgz", ".tar.gz"],
        folder: FolderView(files: ["my-vcluster-snapshot-2026-01-31T08-15-00.tar.gz", "my-snapshot.tar.gz"])
    )

    static let kamaji = LayoutUnderTest(
        KamajiLayout(),
        backups: [
            ("kamaji-etcd_20260131081500.db", at(morning, cluster: "kamaji-etcd")),
            ("kamaji-etcd-0_20260131081500.db", at(morning, cluster: "kamaji-etcd-0")),
            (
                "my_snapshot_etcd-leader_20260131.db",
                ParsedBackup(
                    time: Date(timeIntervalSince1970: 1_769_817_600),
                    hasLocalTime: true,
                    node: "etcd-leader"
                )
            ),
        ],
        others: ["kamaji-etcd_20261331081500.db", "_20260131081500.db", "etcd_20260131.db", "_etcd_20260131.db"],
        folder: FolderView(files: ["kamaji-etcd_20260131081500.db"])
    )

    static let bosh = LayoutUnderTest(
        BoshLayout(),
        backups: [
            (
                "cfcr_20260131T081500Z/bbr-etcd-cfcr-etcd-backup-one-restore-all.tar",
                at(
                    morning,
                    name: "cfcr_20260131T081500Z",
                    cluster: "cfcr",
                    encoding: BackupEncoding(name: "tar", nameEnding: ".tar")
                )
            ),
            (
                "service-instance_01234567-89ab-cdef-0123-456789abcdef_20260131T081500Z/master-0-bbr-etcd.tar",
                at(
                    morning,
                    cluster: "01234567-89ab-cdef-0123-456789abcdef",
                    node: "master-0",
                    encoding: BackupEncoding(name: "tar", nameEnding: ".tar")
                )
            ),
        ],
        others: [
            "cfcr_20260131T081500Z/master-0-other-job.tar", "cfcr_20261331T081500Z/master-0-bbr-etcd.tar",
            "cfcr_20260131T081500/master-0-bbr-etcd.tar", "cfcr_20260131T081500Z/-bbr-etcd.tar",
        ],
        folder: FolderView(
            path: ["cfcr_20260131T081500Z"],
            files: ["bbr-etcd-cfcr-etcd-backup-one-restore-all.tar"]
        )
    )

    static let oracle = LayoutUnderTest(
        OracleLayout(),
        backups: [
            ("etcd_snapshot_2026-01-31_08-15-00/n-1/etcd-snapshot-n-1.db", local(node: "n-1")),
            ("etcd_snapshot_2026-01-31_08-15-00/n2/etcd-snapshot-n2.db", local(node: "n2")),
        ],
        others: ["etcd_snapshot_2026-13-31_08-15-00/n1/etcd-snapshot-n1.db", "etcd-snapshot-n1.db"],
        folder: FolderView(folders: ["etcd_snapshot_2026-01-31_08-15-00"])
    )

    private static func at(
        _ time: Date,
        name: String? = nil,
        cluster: String? = nil,
        revision: Int64? = nil,
        node: String? = nil,
        kind: String? = nil,
        encoding: BackupEncoding = .raw
    ) -> ParsedBackup {
        ParsedBackup(
            name: name,
            cluster: cluster,
            revision: revision.flatMap { Revision($0) },
            time: time,
            node: node,
            kind: kind,
            encoding: encoding
        )
    }

    /// 08:15:00 on a wall.
    private static func local(
        name: String? = nil,
        cluster: String? = nil,
        version: EtcdVersion? = nil,
        node: String? = nil,
        kind: String? = nil,
        encoding: BackupEncoding = .raw
    ) -> ParsedBackup {
        var says = at(morning, name: name, cluster: cluster, node: node, kind: kind, encoding: encoding)
        says.version = version
        says.hasLocalTime = true
        return says
    }
}

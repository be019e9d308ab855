import Backups
import BackupsTesting
import Codecs
import FoundationEssentials

@testable import Layouts

extension LayoutUnderTest {
    static let `operator` = LayoutUnderTest(
        OperatorLayout(),
        backups: [
            ("3.1.0_0000000000000000_etcd.backup", says(0, patch: 0)),
            ("3.1.0_000000000000000f_etcd.backup", says(15, patch: 0)),
            ("3.1.0_0000000000000010_etcd.backup", says(16, patch: 0)),
            ("3.1.0_7fffffffffffffff_etcd.backup", says(.max, patch: 0)),
            ("v3.1.0_00000000000000ff_etcd.backup", says(255, patch: 0)),
            ("3.1_0000000000000001_etcd.backup", says(1)),
        ],
        others: ["3.1.0_000000000000000F_etcd.backup", "tmp", "a.db"],
        folder: FolderView(landmarks: ["v1/"])
    )

    static let plain = LayoutUnderTest(
        PlainLayout(encodings: CodecRegistry.encodings),
        backups: [
            ("etcd.db", ParsedBackup()), ("etcd-snapshot-2026-01-31.snap", ParsedBackup()),
            ("etcd.db.gz", ParsedBackup(encoding: .gzip)),
            ("all.tar.gz", ParsedBackup(encoding: BackupEncoding(name: "gzip", nameEnding: ".tar.gz"))),
            ("etcd.db.zst.age", ParsedBackup(encoding: BackupEncoding(name: "age", nameEnding: ".zst.age"))),
            ("a b.snap.gz", ParsedBackup(encoding: .gzip)),
            ("größe.db", ParsedBackup()), ("-x.db", ParsedBackup()),
            ("2026-01-31/etcd-snapshot.db", ParsedBackup()), ("20260131T0815/snapshot.db", ParsedBackup()),
        ],
        others: [
            "etcd.DB", "db", "etcd.gz", ".db", ".gz", "", "etcd.db~", "2026-13-31/a.db",
            "2026-01-31x/a.db", "2026-01-31/a/b.db", "etcd.db.part",
        ],
        folder: FolderView(path: ["backups"], files: ["README", "etcd.db"])
    )

    static func says(_ revision: Int64, patch: Int? = nil) -> ParsedBackup {
        let version = patch.map { EtcdVersion(major: 3, minor: 1, patch: $0) } ?? EtcdVersion(major: 3, minor: 1)
        return ParsedBackup(version: version, revision: Revision(revision))
    }
}

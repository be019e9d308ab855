import Backups
import Testing

@testable import Layouts

@Suite("The etcd operator's layout")
struct OperatorLayoutTests {
    private let layout = OperatorLayout()

    private static func says(_ revision: Int64, _ version: EtcdVersion) -> ParsedBackup {
        ParsedBackup(version: version, revision: Revision(revision))
    }

    @Test func `writes names as the operator does`() {
        #expect(
            layout.name(of: Self.says(15, EtcdVersion(major: 3, minor: 1, patch: 0)))
                == "3.1.0_000000000000000f_etcd.backup"
        )
        #expect(layout.name(of: ParsedBackup(version: EtcdVersion(major: 3, minor: 1))) == nil)
    }

    @Test func `is found by its v1 folder, or in it`() {
        #expect(layout.match(FolderView(landmarks: ["v1/"])) == LayoutMatch(.certain, folder: "v1/"))
        #expect(layout.match(FolderView(path: ["v1"])) == LayoutMatch(.certain))
        #expect(layout.match(FolderView(path: ["v1"], landmarks: ["v1/"])) == LayoutMatch(.certain, folder: "v1/"))
        #expect(layout.match(FolderView(path: ["v10"], files: ["v1"])) == nil)
    }

    @Test(
        "does not read other names",
        arguments: [
            "", "_etcd.backup", "3.1.0_000000000000000f_etcd.backup.part", "3.1.0_etcd.backup",
            "3.1.0_x_000000000000000f_etcd.backup", "_000000000000000f_etcd.backup",
            "3.1.0_000000000000000g_etcd.backup", "3.1.0_000000000000000f-etcd.backup",
            "3.1.0_000000000000000f_etcd.backup\n", "3.1.0_ffffffffffffffff_etcd.backup",
        ]
    )
    func otherNames(name: String) {
        guard case .ignored(let reason, _) = layout.parse(name) else {
            Issue.record("read as a backup")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test(
        "knows what can't be a cluster",
        arguments: ["", ".", "..", ".snapshot", "lost+found", "a/b", "a\nb", "a\u{202E}b"]
    )
    func clusters(name: String) {
        #expect(layout.reasonAgainst(cluster: name) != nil)
        #expect(layout.reasonAgainst(cluster: "my-cluster.prod_1") == nil)
    }
}

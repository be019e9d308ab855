import Backups
import Testing

@testable import Layouts

@Suite("The etcd operator's layout")
struct OperatorLayoutTests {
    private let layout = OperatorLayout(clustersPrefix: "v1/")

    @Test("reads the name that it writes", arguments: [Int64(0), 1, 15, 255, .max])
    func roundTrip(value: Int64) throws {
        let version = EtcdVersion(major: 3, minor: 1, patch: 0)
        let revision = try #require(Revision(value))
        let name = layout.name(version: version, revision: revision)
        #expect(layout.parse(name) == .backup(version, revision))
    }

    @Test("writes names as the operator does, and reads a v in front of the version")
    func names() throws {
        let version = EtcdVersion(major: 3, minor: 1, patch: 0)
        let revision = try #require(Revision(15))
        #expect(layout.name(version: version, revision: revision) == "3.1.0_000000000000000f_etcd.backup")
        #expect(layout.parse("v3.1.0_000000000000000f_etcd.backup") == .backup(version, revision))
        #expect(layout.prefix(of: ClusterName("foo")) == "v1/foo/")
        #expect(layout.prefix(of: ClusterName("foo", namespace: "prod")) == "v1/prod/foo/")
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
        guard case .ignored(let reason) = layout.parse(name) else {
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

import Backups
import BackupsTesting
import Codecs
import Layouts
import Testing

@Suite("Every layout of the registry")
struct LayoutRegistryTests {
    /// The layouts with names of their own; a new one joins by one line.
    private static let kinds: [LayoutUnderTest] = [
        .operator, .operatorBackup, .k3s, .kops, .gardener, .openShift, .bitnami, .rke, .k0s, .talos, .omni,
        .kubermatic,
        .giantSwarm, .hyperShift, .etcdCloudOperator, .kubespray, .kubeKey, .kubeadm, .charmed, .cozystack, .vCluster,
        .kamaji, .bosh, .oracle, .plain,
    ]

    @Test("keeps to every rule", arguments: LayoutRule.cases(of: kinds))
    func rule(_ rule: LayoutRule.Case) throws {
        try rule.check()
    }

    @Test("is under test")
    func complete() {
        #expect(Self.kinds.map(\.layout.name) == LayoutRegistry.all(CodecRegistry.encodings).map(\.name))
    }

    @Test func `each layout has a name of its own`() {
        let names = LayoutRegistry.all(CodecRegistry.encodings).map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("operator") && names.contains("plain"))
    }

    @Test func `a file's name says its revision in the layout that has one`() {
        #expect(LayoutRegistry.revision(inName: "3.1.0_000000000000000f_etcd.backup") == Revision(15))
        #expect(LayoutRegistry.revision(inName: "etcd.db") == nil)
    }

    @Test func `the names of the backup service can be written and read`() throws {
        let says = ParsedBackup(version: EtcdVersion(major: 3, minor: 1, patch: 0), revision: Revision(15))
        let layout = LayoutRegistry.ofBackupService
        #expect(layout.parse(try #require(layout.name(of: says))) == .backup(says))
    }
}

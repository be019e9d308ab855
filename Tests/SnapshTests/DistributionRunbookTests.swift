import Foundation
import TestSupport
import Testing

/// The runbooks for the backups of one distribution each, over what `scripts/make-layouts` lays out for it.
@Suite("The runbooks for distributions", .ownThread)
struct DistributionRunbookTests {
    private static let scripts = URL(fileURLWithPath: Fixture.folder)
        .appendingPathComponent("../../scripts").standardized.path

    private let program: Program

    init() throws {
        program = try Program()
        let outcome = try SystemTool.run(["\(Self.scripts)/make-layouts", "trees"], in: program.folder)
        try #require(outcome.exitCode == 0, "\(outcome.output)")
    }

    struct Way: Sendable, CustomTestStringConvertible {
        var runbook: String
        var words: [String]
        var confirmations: [String]
        /// What its output holds, besides that the file is verified.
        var says: [String]

        var testDescription: String { runbook }
    }

    static let ways = [
        Way(
            runbook: "recover-k3s",
            words: ["volume=trees/k3s-disk/var/lib/rancher/k3s/server/db/snapshots", "out=out.db"],
            confirmations: [
                "the server token of that time is at hand", "k3s or rke2-server is stopped on all servers",
            ],
            says: [
                "on one server:  k3s server --cluster-reset --cluster-reset-restore-path=out.db\n",
                "  or, of RKE2:  rke2 server --cluster-reset --cluster-reset-restore-path=out.db\n",
                "\n  step       on one server: k3s server --cluster-reset --cluster-reset-restore-path=/",
            ]
        ),
        Way(
            runbook: "recover-kops",
            words: ["store=none/prod.example.com", "volume=trees/kops/prod.example.com", "out=out.db"],
            confirmations: ["the API may go down now, and what was written after the backup may be lost"],
            says: [
                "order:  etcd-manager-ctl --backup-store=s3://none/prod.example.com/backups/etcd/main restore-backup"
                    + " 2024-05-03T08:15:00Z-000005\n"
            ]
        ),
        Way(
            runbook: "recover-openshift",
            words: ["volume=trees/openshift-disk/home/core/assets/backup", "folder=chosen"],
            confirmations: [
                "the cluster has the very version, 4.x.z, that made the backup",
                "SSH is open to all control-plane hosts", "disable-etcd.sh has run on the other control-plane hosts",
            ],
            says: ["here:  sudo -E /usr/local/bin/cluster-restore.sh chosen\n"]
        ),
        Way(
            runbook: "recover-talos",
            words: ["bucket=none", "volume=trees/talos/my-cluster", "cluster=my-cluster", "out=out.db"],
            confirmations: [
                "etcd has lost its quorum",
                "etcd is Preparing on all control-plane nodes: talosctl -n IP service etcd",
            ],
            says: [
                "to one of them:  talosctl -n IP bootstrap --recover-from=out.db\n",
                "  next       talosctl -n IP bootstrap --recover-from=/",
            ]
        ),
        Way(
            runbook: "recover-kubeadm",
            words: [
                "volume=trees/plain", "node=cp1", "url=https://10.0.0.1:2380", "members=cp1=https://10.0.0.1:2380",
                "out=out.db", "data=etcd",
            ],
            confirmations: [
                "the manifests are moved out of /etc/kubernetes/manifests on every control-plane node",
                "crictl ps shows neither etcd nor kube-apiserver", "the old data directory is moved away",
            ],
            says: ["etcd is ready: on every node, move the manifests back\n"]
        ),
        Way(
            runbook: "recover-gardener",
            words: ["bucket=none", "prefix=shoot--a", "volume=trees/gardener/shoot--a/v2", "out=out.db"],
            confirmations: ["etcd is stopped, and its data directory is empty"],
            says: [
                "with the deltas:  etcdbrctl restore --storage-provider=S3 --store-container=none --store-prefix=shoot--a",
                "without them:     snapsh restore out.db --data-dir NEW\n",
            ]
        ),
    ]

    @Test("ask for the age of what 'get --or-older' took, where they ask for the age at all")
    func agesOfOlderBackups() throws {
        let folder = "\(Self.scripts)/runbooks"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let lines = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
            guard let last = lines.lastIndex(where: { $0.hasPrefix("expect pick.age ") }),
                let get = lines.lastIndex(where: { $0.hasPrefix("get ") && $0.contains("--or-older") })
            else { continue }
            #expect(get < last, "\(name) may take a backup that is older than it wants")
        }
    }

    @Test("ask for what only a person knows, and end with the distribution's own commands", arguments: ways)
    func run(_ way: Way) throws {
        let words = ["\(Self.scripts)/runbooks/\(way.runbook).snapsh", "oldest=9999d"] + way.words
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7", "AWS_SECRET_ACCESS_KEY": "not a real key",
        ]
        let unconfirmed = try program.run(words, environment: environment)
        expectFailure(unconfirmed, 3, says: "'\(way.confirmations[0])' is not confirmed, and there is no terminal")
        #expect(!program.folder.exists("etcd"))

        let flags = way.confirmations.flatMap { ["--confirmed", $0] }
        let outcome = try program.run(words + flags, environment: environment)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        for text in way.says { #expect(outcome.output.contains(text), "\(outcome.output)") }
        #expect(outcome.output.contains(" is there already, verified: "), "\(outcome.output)")
    }
}

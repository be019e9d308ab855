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
            words: ["store=none", "cluster=prod.example.com", "volume=trees/kops", "out=out.db"],
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
                "sha256=*", "out=out.db", "data=etcd",
            ],
            confirmations: [
                "the manifests are moved out of /etc/kubernetes/manifests on every control-plane node",
                "crictl ps shows neither etcd nor kube-apiserver", "the old data directory is moved away",
            ],
            says: [
                "\nfor the other nodes, of cp1=https://10.0.0.1:2380:  sha256=",
                "etcd is ready: when it is on every node, move the manifests back\n",
            ]
        ),
        Way(
            runbook: "recover-gardener",
            words: ["bucket=none", "prefix=shoot--a", "volume=trees/gardener", "out=out.db"],
            confirmations: ["etcd is stopped, and its data directory is empty"],
            says: [
                "with the deltas:  etcdbrctl restore --storage-provider=S3 --store-container=none --store-prefix=shoot--a",
                "without them:     snapsh restore out.db --data-dir NEW --bump-revision 1000000000 --mark-compacted\n",
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

    @Test("name no place by themselves but a folder with its whole path: no bucket is anybody's")
    func namedPlaces() throws {
        let folder = "\(Self.scripts)/runbooks"
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for match in text.matches(of: #/use (s3|pv) \$([a-z]+)/#) {
                count += 1
                let (source, parameter) = (match.output.1, match.output.2)
                let declared = try #require(text.split(separator: "\n").first { $0.hasPrefix("param \(parameter) ") })
                guard declared.hasPrefix("param \(parameter) = ") else { continue }
                #expect(source == "pv" && declared.hasPrefix("param \(parameter) = /"), "\(name): \(declared)")
            }
        }
        #expect(count > 15)
    }

    @Test("ask no bucket where the folder of k3s is missing")
    func missingFolder() throws {
        let server = try FaultServer { _ in .init(404) }
        let outcome = try program.run(
            ["\(Self.scripts)/runbooks/recover-k3s.snapsh", "volume=trees/none", "out=out.db"],
            environment: [
                "AWS_ENDPOINT_URL": server.origin, "AWS_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7", "AWS_SECRET_ACCESS_KEY": "not a real key",
            ]
        )
        expectFailure(outcome, 6, says: "trees/none")
        #expect(server.requests.isEmpty)
    }

    @Test("restore several members of kubeadm from one and the same file only")
    func severalMembers() throws {
        func run(_ node: String, _ words: String...) throws -> Program.Outcome {
            let members = "cp1=https://10.0.0.1:2380,cp2=https://10.0.0.2:2380"
            let confirmations = [
                "the manifests are moved out of /etc/kubernetes/manifests on every control-plane node",
                "crictl ps shows neither etcd nor kube-apiserver", "the old data directory is moved away",
            ]
            return try program.run(
                [
                    "\(Self.scripts)/runbooks/recover-kubeadm.snapsh", "node=cp\(node)",
                    "url=https://10.0.0.\(node):2380", "members=\(members)", "oldest=9999d",
                    "data=cp\(node).etcd",
                ] + words + confirmations.flatMap { ["--confirmed", $0] }
            )
        }
        try program.folder.write(Fixture.snapshot("late.db"), to: "disk1/snapshot.db")
        try program.folder.write(Fixture.snapshot("tombstone.db"), to: "disk2/snapshot.db")
        expectFailure(try run("1", "volume=disk1", "out=cp1.db"), 2, says: "sha256")

        let first = try run("1", "volume=disk1", "sha256=*", "out=cp1.db")
        #expect(first.exitCode == 0, "\(first.talk)")
        let line = try #require(first.output.split(separator: "\n").first { $0.hasPrefix("for the other nodes") })
        let sum = String(try #require(line.split(separator: " ").last))
        #expect(sum.hasPrefix("sha256=") && sum.count == 71)

        let other = try run("2", "volume=disk2", sum, "out=cp2.db")
        expectFailure(other, 3, says: "an expectation is not met: file.sha256 is ")
        #expect(!program.folder.exists("cp2.etcd"))

        try program.folder.write(program.folder.read("cp1.db"), to: "copied/cp1.db")
        let same = try run("2", "volume=copied", sum, "out=copied/cp1.db")
        #expect(same.exitCode == 0, "\(same.talk)")
        #expect(program.folder.exists("cp2.etcd/member/snap/db"))
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

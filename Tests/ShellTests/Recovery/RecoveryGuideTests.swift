import Backups
import Codecs
import Foundation
import Layouts
import TestSupport
import Testing

@testable import Shell

/// The ways from a backup to a running cluster.
@Suite struct RecoveryGuideTests {
    /// The key lines of a guide, without the places where they run, and its key steps without lines.
    private static func lines(_ name: String, _ subject: RecoverySubject = .unknown) throws -> [String] {
        try #require(RecoveryGuides.all(subject).first { $0.name == name }).keySteps.flatMap { step in
            step.lines.isEmpty ? [step.text] : step.lines.map { $0.text(Offers(.shell)) }
        }
    }

    /// A guide's sentences and lines, all that have something filled in.
    private static func whole(_ guide: RecoveryGuide) -> String {
        guide.steps.map { ([$0.text] + $0.commands).joined(separator: "\n") }.joined(separator: "\n")
    }

    @Test("each layout has a guide, and each guide is of one name")
    func layouts() {
        let layouts = Set(RecoveryGuides.all().map(\.layout))
        for layout in LayoutRegistry.all(CodecRegistry.encodings) {
            #expect(layouts.contains(layout.name), "\(layout.name) has no guide in Sources/Shell/Recovery/Guides")
        }
        #expect(Set(RecoveryGuides.names).count == RecoveryGuides.names.count)
    }

    @Test("each fits one screen", arguments: RecoveryGuides.names + [""])
    func screen(name: String) throws {
        let text = name.isEmpty ? RecoveryGuides.overview : try #require(RecoveryGuides.named(name)).text()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= (name.isEmpty ? 30 : 24), "\(text)")
        for line in lines { #expect(line.count <= 80, "\(line)") }
    }

    @Test("each ends 'get' with few lines, whose words are those of its whole way", arguments: RecoveryGuides.names)
    func keyLines(name: String) throws {
        let guide = try #require(RecoveryGuides.named(name))
        let lines = try Self.lines(name)
        #expect(lines.count <= 5)
        #expect(!guide.isOurs || lines.isEmpty)
        let text = guide.text().replacing("\\", with: "").split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        for line in lines { #expect(text.contains(line), "\(line)") }
        for step in guide.keySteps {
            if let place = step.place { #expect(step.text.lowercased().contains(place.lowercased()), "\(step.text)") }
        }
    }

    @Test("a line for another machine says which, and is no 'next'; where any machine will do, it says none")
    func placesOfLines() throws {
        func rows(_ name: String, _ offers: Offers) throws -> [String] {
            let guide = try #require(RecoveryGuides.all(Self.known(name)).first { $0.name == name })
            return guide.keySteps.flatMap { $0.rows(offers) }.map { Copyable.unmarked("\($0.name) \($0.text)") }
        }
        #expect(
            try rows("openshift", .prompt) == [
                "step on every other control-plane host: sudo -E /usr/local/bin/disable-etcd.sh",
                "step on the recovery host: sudo -E /usr/local/bin/cluster-restore.sh /backup",
            ]
        )
        #expect(
            try rows("k3s", .prompt) == [
                "step on all servers: systemctl stop k3s",
                "step on one server: k3s server --cluster-reset --cluster-reset-restore-path=/out.db",
                "step there: systemctl start k3s",
            ]
        )
        #expect(try rows("talos", .prompt) == ["next !talosctl -n IP bootstrap --recover-from=/out.db"])
        #expect(try rows("talos", Offers(.shell)) == ["next talosctl -n IP bootstrap --recover-from=/out.db"])
        #expect(try rows("rke", .prompt).last?.hasPrefix("step where cluster.yml is: rke etcd ") == true)
        let gardener = try rows("gardener", .prompt)
        #expect(
            gardener.map { $0.prefix { $0 != ":" } } == [
                "step where etcd's volume is mounted, the newest with its deltas",
                "step or there, this one without deltas",
            ]
        )
        // What stops or starts a service is done on machines that are not all.
        for guide in RecoveryGuides.all() {
            for step in guide.keySteps where step.place == nil {
                let lines = step.lines.map { $0.text(Offers(.shell)) }
                #expect(!lines.contains { $0.hasPrefix("systemctl ") || $0.hasPrefix("mv ") }, "\(lines)")
            }
            // In a command that is broken into lines, the rest of a comment would be a command.
            for line in guide.steps.flatMap(\.commands) { #expect(!line.contains("#"), "\(line)") }
        }
    }

    @Test("the next step in --json is one line for this machine's shell, and nothing where there is none")
    func nextInJSON() {
        func way(_ layout: String, isGot: Bool = true, address: String = "s3://b", _ key: String = "a/1.db")
            -> RecoveryWay
        {
            let subject = RecoverySubject(path: "/out.db", companions: "/backup", address: address, key: key)
            return RecoveryWay(
                RecoveryGuides.of(layout: layout, subject),
                restore: RestoreOffer("out.db", into: "restored.etcd", isOfKubernetes: false),
                got: isGot ? GotSnapshot(path: "out.db") : nil,
                .prompt
            )
        }
        #expect(way("plain").next == "snapsh restore out.db --data-dir restored.etcd")
        #expect(way("plain", isGot: false).next == "snapsh get")
        #expect(way("openshift").next == "snapsh get backup/ --companions backup")
        #expect(way("hypershift").next == "aws s3 presign s3://b/a/1.db")
        // For other machines; with something to fill in; a sentence; two distributions.
        #expect(way("k3s", address: "/var/lib/rancher/k3s", "1").next == nil)
        #expect(way("talos").next == nil)
        #expect(way("hypershift", address: "/mnt", "1.db").next == nil)
        #expect(way("kubermatic").next == nil)
        #expect(way("k3s").next == nil)
        #expect(way("k3s", isGot: false).next == "snapsh get")

        let steps = way("k3s", address: "/var/lib/rancher/k3s", "1").records?.first?.steps ?? []
        #expect(steps.map(\.where) == ["on all servers", "on one server", "there"])
        #expect(steps.first?.commands == ["systemctl stop k3s"] && steps.first?.text == "Stop k3s on all servers.")
        #expect(way("kubermatic").records?.first?.steps.map(\.commands) == [nil])
    }

    @Test(
        "our own restore of Kubernetes raises the revision, or the guide says for what it must",
        arguments: RecoveryGuides.names
    )
    func revisionsOfKubernetes(name: String) throws {
        let guide = try #require(RecoveryGuides.named(name))
        let options = RestoreOffer.optionsForKubernetes
        let isSaid = guide.remarks.contains { $0.contains(options) }
        for line in guide.steps.flatMap(\.commands) where line.hasPrefix("snapsh restore ") && !line.contains(options) {
            #expect(isSaid, "\(line)")
        }
        for remark in guide.remarks where remark.contains("'restore'") {
            #expect(remark.contains(options) || remark.contains("'help recovery plain'"), "\(remark)")
        }
        if ["kubeadm", "kubekey", "giantswarm", "gardener"].contains(name) {
            #expect(Self.whole(guide).contains(options))
        }
    }

    @Test("a place on this machine is filled in for what reads files, and a bucket for what reads buckets")
    func localAndRemote() {
        let key = "c/v2/etcd_snapshot_1/2026-11-23T01:02:03Z-000007/a.db"
        let onDisk = RecoverySubject(path: "/out.db", address: "/mnt/it's", key: key)
        let inBucket = RecoverySubject(path: "/out.db", address: "s3://my-bucket", key: key)
        for guide in RecoveryGuides.all(onDisk) {
            #expect(Self.whole(guide).contains("/mnt/it") == ["bosh", "oracle"].contains(guide.name), "\(guide.name)")
        }
        let readers: Set = ["kops", "hypershift", "gardener", "cozystack", "vcluster", "operator-0.8"]
        for guide in RecoveryGuides.all(inBucket) {
            #expect(Self.whole(guide).contains("my-bucket") == readers.contains(guide.name), "\(guide.name)")
        }
    }

    @Test("what stands in a manifest is quoted as YAML wants it")
    func manifests() throws {
        func lines(_ name: String, _ address: String, _ key: String, _ cluster: String = "c") throws -> String {
            try Self.lines(name, RecoverySubject(address: address, key: key, clusterName: cluster)).joined(
                separator: "\n"
            )
        }
        let key = "v1/foo/etcd.backup_v208_2024-05-03-08:15:00"
        #expect(try lines("operator-0.8", "s3://b", key).contains(", s3.path b/\(key), "))
        #expect(try lines("operator-0.8", "s3://b", "it's a \"b\"").contains(#", s3.path "b/it's a \"b\"", "#))
        #expect(try lines("operator-0.8", "/mnt/b", key).contains(", s3.path BUCKET/KEY, "))
        #expect(try lines("cozystack", "s3://b", "a b.db").contains(#"bucket b, key "a b.db", "#))
        #expect(
            try lines("omni", "s3://b", "x/1.snapshot", "123").contains(#"clusterUUID "123" and snapshot 1.snapshot."#)
        )
        for text in [
            "a b", "208", "1.5", "1e5", "0x1f", "2024-05-03", "yes", "Null", "", "a:", "-a", "*a", "#a", "a\n", "1_000",
        ] {
            #expect(ManifestText.quoted(text).hasPrefix("\""), "\(text)")
        }
        #expect(ManifestText.quoted("a\u{1b}\\") == #""a\u001b\\""#)
        for text in ["a", "box", "a/b-c_d.e:f=g", "/a", "3.4.23_00000000000000d0_etcd.backup"] {
            #expect(ManifestText.quoted(text) == text)
        }
    }

    @Test("what a tool takes apart again is quoted for that tool, too: Ansible's variables, Helm's values")
    func quotedTwice() throws {
        let subject = RecoverySubject(path: #"/tmp/it's a,b/etcd "1",2.db"#)
        let ansible = try Self.lines("kubespray", subject).joined()
        let variables = try #require(ansible.split(separator: " -e ", maxSplits: 2).last)
        let (_, word) = try SystemTool.run(["bash", "-c", "printf %s \(variables)"])
        let values = try JSONDecoder().decode([String: String].self, from: Data(word.utf8))
        #expect(values == ["etcd_snapshot": #"/tmp/it's a,b/etcd "1",2.db"#])
        #expect(
            try Self.lines("kubespray", RecoverySubject(path: "/a.db")).joined().hasSuffix(" -e etcd_snapshot=/a.db")
        )
        let helm = try Self.lines("bitnami", subject).joined()
        #expect(helm.contains(#"snapshotFilename='etcd "1"\,2.db' "#), "\(helm)")
    }

    @Test("names with spaces and quotes are one word of the shell")
    func quoting() throws {
        let subject = RecoverySubject(
            path: "/tmp/it's a/etcd snapshot.db",
            companions: "/tmp/it's a",
            address: "s3://my bucket",
            key: "prod/backups/etcd/main/2026-11-23T01:02:03Z-000007/etcd.backup.gz"
        )
        func lines(_ name: String) throws -> String { try Self.lines(name, subject).joined(separator: "\n") }
        #expect(try lines("k3s").contains(#"--cluster-reset-restore-path='/tmp/it'\''s a/etcd snapshot.db'"#))
        #expect(try lines("talos").contains(#"--recover-from='/tmp/it'\''s a/etcd snapshot.db'"#))
        #expect(try lines("openshift").contains(#"cluster-restore.sh '/tmp/it'\''s a'"#))
        let kops = try lines("kops")
        #expect(kops.contains("--backup-store='s3://my bucket/prod/backups/etcd/main' restore-backup 2026-"))
        #expect(kops.contains("restore-backup 2026-11-23T01:02:03Z-000007"))
    }

    @Test("a command that reads a bucket gets no path of this machine")
    func buckets() throws {
        func lines(_ name: String, at address: String, _ key: String) throws -> String {
            try Self.lines(name, RecoverySubject(address: address, key: key)).joined(separator: "\n")
        }
        #expect(try lines("hypershift", at: "s3://b", "a/1.db").contains("aws s3 presign s3://b/a/1.db"))
        // Its keys may begin with a slash.
        #expect(try lines("hypershift", at: "s3://b", "/a/1.db").contains("aws s3 presign s3://b//a/1.db"))
        for name in ["hypershift", "vcluster"] {
            #expect(try lines(name, at: "/mnt/a", "1.db").contains("s3://BUCKET/KEY"))
        }
    }

    @Test("a copy of a member's file is restored without its hash")
    func noHash() throws {
        let subject = RecoverySubject(path: "/db", hasHash: false)
        for (name, option) in [("talos", "--recover-skip-hash-check"), ("kubeadm", "--skip-hash-check")] {
            #expect(try Self.lines(name, subject).contains { $0.contains(option) })
            #expect(try Self.lines(name).allSatisfy { !$0.contains(option) })
        }
    }

    @Test("the folder of k3s or RKE2 shows which it is; elsewhere both are said")
    func twoOfOneLayout() {
        func names(_ address: String, _ key: String) -> [String] {
            RecoveryGuides.of(layout: "k3s", RecoverySubject(address: address, key: key)).map(\.name)
        }
        let file = "etcd-snapshot-node-1-1700000000"
        #expect(names("/mnt/var/lib/rancher/rke2/server/db/snapshots", file) == ["rke2"])
        #expect(names("/mnt/var/lib", "rancher/k3s/server/db/snapshots/" + file) == ["k3s"])
        #expect(names("s3://bucket", file) == ["k3s", "rke2"])
        #expect(RecoveryGuides.of(layout: nil, .unknown).isEmpty)
    }

    @Test("places are those above the file, in a bucket and on a disk")
    func places() {
        let onDisk = RecoverySubject(address: "/backups", key: "etcd_snapshot_2026-11-23_01-02-03/node1/etcd.db")
        #expect(onDisk.diskPlace(above: 0, or: "?") == "/backups/etcd_snapshot_2026-11-23_01-02-03/node1/etcd.db")
        #expect(onDisk.folder(named: "etcd_snapshot_")?.rest == "2026-11-23_01-02-03")
        #expect(onDisk.folder(named: "etcd_snapshot_")?.levels == 2)
        #expect(onDisk.diskPlace(above: 3, or: "?") == "/backups")
        #expect(onDisk.diskPlace(above: 4, or: "?") == "/")
        #expect(onDisk.diskPlace(above: 5, or: "?") == "?")
        #expect(onDisk.bucketPlace(above: 0, or: "?") == "?")
        #expect(RecoverySubject(address: "s3://b", key: "k").bucketPlace(above: 1, or: "?") == "s3://b")
        #expect(RecoverySubject(address: "s3://b", key: "k").diskPlace(above: 1, or: "?") == "?")
        #expect(RecoverySubject(address: "s3://b", key: "k").storedFolder == "DIR")
        #expect(RecoverySubject.unknown.diskPlace(above: 0, or: "?") == "?")
    }

    @Test("where two distributions are possible, their steps are told apart")
    func severalWays() {
        let subject = RecoverySubject(path: "/out.db")
        let restore = RestoreOffer("out.db", into: "restored.etcd", isOfKubernetes: false)
        let way = RecoveryWay(
            RecoveryGuides.of(layout: "k3s", subject),
            restore: restore,
            got: GotSnapshot(path: "out.db"),
            .prompt
        )
        let names = way.rows.map(\.0)
        #expect(names == ["k3s", "k3s", "k3s", "rke2", "rke2", "rke2", "needs", "more"])
        #expect(way.records?.map(\.guide) == ["k3s", "rke2"])
    }

    @Test("an archive is got as it is stored first; a snapshot that is there is not got again")
    func getFirst() {
        func next(_ layout: String, isGot: Bool) -> String? {
            let guides = RecoveryGuides.of(layout: layout, RecoverySubject(path: "/out.db"))
            let restore = RestoreOffer("out.db", into: "restored.etcd", isOfKubernetes: false)
            let got = isGot ? GotSnapshot(path: "out.db") : nil
            return RecoveryWay(guides, restore: restore, got: got, .prompt).rows.first.map { Copyable.unmarked($0.1) }
        }
        #expect(next("k0s", isGot: true) == "get --as-stored")
        #expect(next("k0s", isGot: false) == "get --as-stored")
        #expect(next("talos", isGot: false) == "get")
        #expect(next("talos", isGot: true) == "!talosctl -n IP bootstrap --recover-from=/out.db")
        #expect(next("kops", isGot: false)?.hasPrefix("!etcd-manager-ctl ") == true)
        #expect(next("plain", isGot: false) == "get")
        #expect(next("plain", isGot: true) == "restore out.db --data-dir restored.etcd")
        #expect(next("giantswarm", isGot: true) == "restore out.db --data-dir restored.etcd")
        #expect(RecoveryGuides.named("giantswarm")?.isOfKubernetes == true)
    }

    /// All that can be known of a backup.
    private static func known(_ name: String) -> RecoverySubject {
        RecoverySubject(
            path: "/out.db",
            companions: "/backup",
            address: "s3://b",
            key: name == "k0s" ? "p/k0s_backup_1.tar.gz" : "p/etcd_snapshot_1/v2/a.db",
            clusterName: "c"
        )
    }

    @Test("what only the reader knows is said to be filled in", arguments: RecoveryGuides.names)
    func placeholders(name: String) throws {
        let guide = try #require(RecoveryGuides.all(Self.known(name)).first { $0.name == name })
        let lines = guide.keySteps.flatMap(\.lines).map { $0.text(Offers(.shell)) }
        let words = lines.flatMap { line in
            line.matches(of: #/(?:^|[^A-Za-z0-9])([A-Z][A-Z_]{1,})(?![A-Za-z0-9])/#).map { String($0.output.1) }
        }
        let explained = guide.placeholders(in: guide.keySteps.flatMap { $0.rows(Offers(.shell)) }.map(\.text))
        for word in words {
            let isExplained = explained.contains {
                $0.hasPrefix("\(word): ") || word.hasPrefix("ETCD_") && $0.hasPrefix("ETCD_NAME: like the other words")
            }
            #expect(isExplained, "\(name): \(word)")
        }
        let way = RecoveryWay([guide], restore: .init("x", into: "y", isOfKubernetes: false), got: nil, .prompt)
        #expect(way.rows.contains { $0.0 == "fill in" } == !explained.isEmpty)
        #expect(way.records?.first?.fillIn ?? [] == explained)
    }

    @Test("what the backup says is filled in: the time of k0s' archive, the bucket of Gardener")
    func filledIn() throws {
        func lines(_ name: String, _ subject: RecoverySubject) throws -> String {
            try Self.lines(name, subject).joined(separator: "\n")
        }
        let archive = "k0s_backup_2026-11-23T01_02_03_000Z.tar.gz"
        let stored = RecoverySubject(path: "/srv/x/\(archive)", isStored: true, address: "s3://b", key: "a/\(archive)")
        let k0s = try lines("k0s", stored)
        #expect(k0s.contains("k0s restore /srv/x/\(archive)\n"))
        #expect(k0s.contains("--config k0s_2026-11-23T01_02_03_000Z.yaml\n"))
        #expect(
            try lines("k0s", RecoverySubject(address: "s3://b", key: "a/\(archive)")).contains("restore ./\(archive)\n")
        )
        let full = RecoverySubject(address: "s3://b", key: "c/etcd-main/v2/Full-0-1-2.gz")
        #expect(try lines("gardener", full).contains("--store-container=b --store-prefix=c/etcd-main --data-dir=NEW"))
        #expect(try lines("gardener", .unknown).contains("--store-container=BUCKET --store-prefix=PREFIX"))
    }

    @Test("what was got as these want it is not got again")
    func gotAlready() {
        func first(_ layout: String, _ got: GotSnapshot) -> String? {
            let guides = RecoveryGuides.of(layout: layout, RecoverySubject(path: "/b/out.db", companions: "/b"))
            let restore = RestoreOffer("out.db", into: "restored.etcd", isOfKubernetes: false)
            return RecoveryWay(guides, restore: restore, got: got, .prompt).rows.first.map { Copyable.unmarked($0.1) }
        }
        let disable = "on every other control-plane host: sudo -E /usr/local/bin/disable-etcd.sh"
        let get = "get backup/ --companions backup"
        #expect(first("openshift", GotSnapshot(path: "b/out.db", companionFolder: "b")) == disable)
        #expect(first("openshift", GotSnapshot(path: "./b/out.db", companionFolder: "b/")) == disable)
        #expect(first("openshift", GotSnapshot(path: "out.db", companionFolder: ".")) == disable)
        #expect(first("openshift", GotSnapshot(path: "out.db", companionFolder: "b")) == get)
        #expect(first("openshift", GotSnapshot(path: "/b/out.db", companionFolder: "b")) == get)
        #expect(first("openshift", GotSnapshot(path: "out.db")) == get)
        #expect(
            first("k0s", GotSnapshot(path: "x.tar.gz", isStored: true)) == "on a fresh controller: k0s restore ./NAME"
        )
        #expect(first("rke", GotSnapshot(path: "x.zip", isStored: true)) == "get /opt/rke/etcd-snapshots/ --as-stored")
        #expect(
            first("rke", GotSnapshot(path: "/opt/rke/etcd-snapshots/x.zip", isStored: true))
                == "The archive must be in /opt/rke/etcd-snapshots/ of each etcd node; copy it there."
        )
        #expect(first("talos", GotSnapshot(path: "x.gz", isStored: true)) == "get")
    }
}

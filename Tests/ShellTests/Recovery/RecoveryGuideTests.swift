import Backups
import Codecs
import Layouts
import Testing

@testable import Shell

/// The ways from a backup to a running cluster.
@Suite struct RecoveryGuideTests {
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
        #expect(guide.keyLines.count <= 5)
        #expect(!guide.isOurs || guide.keyLines.isEmpty)
        let text = guide.text().replacing("\\", with: "").split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        for line in guide.keyLines { #expect(text.contains(line.text(Offers(.shell))), "\(line)") }
    }

    @Test("names with spaces and quotes are one word of the shell")
    func quoting() throws {
        let subject = RecoverySubject(
            path: "/tmp/it's a/etcd snapshot.db",
            companions: "/tmp/it's a",
            address: "s3://my bucket",
            key: "prod/backups/etcd/main/2026-11-23T01:02:03Z-000007/etcd.backup.gz"
        )
        func lines(_ name: String) throws -> String {
            try #require(RecoveryGuides.all(subject).first { $0.name == name }).keyLines.map { $0.text(Offers(.shell)) }
                .joined(separator: "\n")
        }
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
            let subject = RecoverySubject(address: address, key: key)
            return try #require(RecoveryGuides.all(subject).first { $0.name == name }).keyLines
                .map { $0.text(Offers(.shell)) }.joined(separator: "\n")
        }
        #expect(try lines("hypershift", at: "s3://b", "a/1.db").contains("aws s3 presign s3://b/a/1.db"))
        // Its keys may begin with a slash.
        #expect(try lines("hypershift", at: "s3://b", "/a/1.db").contains("aws s3 presign s3://b//a/1.db"))
        for name in ["hypershift", "vcluster", "cozystack"] {
            #expect(try lines(name, at: "/mnt/a", "1.db").contains("s3://BUCKET/KEY"))
        }
    }

    @Test("a copy of a member's file is restored without its hash")
    func noHash() throws {
        let subject = RecoverySubject(path: "/db", hasHash: false)
        for (name, option) in [("talos", "--recover-skip-hash-check"), ("kubeadm", "--skip-hash-check")] {
            let guide = try #require(RecoveryGuides.all(subject).first { $0.name == name })
            #expect(guide.keyLines.contains { $0.text(.prompt).contains(option) })
            #expect(try #require(RecoveryGuides.named(name)).keyLines.allSatisfy { !$0.text(.prompt).contains(option) })
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
        #expect(onDisk.place(above: 0, or: "?") == "/backups/etcd_snapshot_2026-11-23_01-02-03/node1/etcd.db")
        #expect(onDisk.folder(named: "etcd_snapshot_")?.rest == "2026-11-23_01-02-03")
        #expect(onDisk.folder(named: "etcd_snapshot_")?.levels == 2)
        #expect(onDisk.place(above: 3, or: "?") == "/backups")
        #expect(onDisk.place(above: 4, or: "?") == "/")
        #expect(onDisk.place(above: 5, or: "?") == "?")
        #expect(RecoverySubject(address: "s3://b", key: "k").place(above: 1, or: "?") == "s3://b")
        #expect(RecoverySubject(address: "s3://b", key: "k").storedFolder == "DIR")
        #expect(RecoverySubject.unknown.place(above: 0, or: "?") == "?")
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
        let lines = guide.keyLines.filter { $0.label == "next" }.map { $0.text(Offers(.shell)) }
        let words = lines.flatMap { line in
            line.matches(of: #/(?:^|[^A-Za-z0-9])([A-Z][A-Z_]{1,})(?![A-Za-z0-9])/#).map { String($0.output.1) }
        }
        let explained = guide.placeholders(in: lines)
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
            try #require(RecoveryGuides.all(subject).first { $0.name == name }).keyLines.map { $0.text(Offers(.shell)) }
                .joined(separator: "\n")
        }
        let archive = "k0s_backup_2026-11-23T01_02_03_000Z.tar.gz"
        let stored = RecoverySubject(path: "/root/x/\(archive)", isStored: true, address: "s3://b", key: "a/\(archive)")
        let k0s = try lines("k0s", stored)
        #expect(k0s.contains("k0s restore /root/x/\(archive)\n"))
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
        let disable = "!sudo -E /usr/local/bin/disable-etcd.sh"
        let get = "get backup/ --companions backup"
        #expect(first("openshift", GotSnapshot(path: "b/out.db", companionFolder: "b")) == disable)
        #expect(first("openshift", GotSnapshot(path: "./b/out.db", companionFolder: "b/")) == disable)
        #expect(first("openshift", GotSnapshot(path: "out.db", companionFolder: ".")) == disable)
        #expect(first("openshift", GotSnapshot(path: "out.db", companionFolder: "b")) == get)
        #expect(first("openshift", GotSnapshot(path: "/b/out.db", companionFolder: "b")) == get)
        #expect(first("openshift", GotSnapshot(path: "out.db")) == get)
        #expect(first("k0s", GotSnapshot(path: "x.tar.gz", isStored: true)) == "!k0s restore ./NAME")
        #expect(first("rke", GotSnapshot(path: "x.zip", isStored: true)) == "get /opt/rke/etcd-snapshots/ --as-stored")
        #expect(
            first("rke", GotSnapshot(path: "/opt/rke/etcd-snapshots/x.zip", isStored: true))?.hasPrefix("!rke") == true
        )
        #expect(first("talos", GotSnapshot(path: "x.gz", isStored: true)) == "get")
    }
}

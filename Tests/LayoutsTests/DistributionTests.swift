import Backups
import Codecs
import Testing

@testable import Layouts

@Suite("What lies beside backups, and what is none")
struct DistributionTests {
    private func reason(_ parsed: ParsedName) -> String? {
        if case .ignored(let reason, _) = parsed { reason } else { nil }
    }

    @Test func `a time that does not exist makes a name none of a backup`() {
        #expect(K0sLayout().parse("k0s_backup_2026-13-31T08_15_00_000Z.tar.gz") == .impossibleTime)
        #expect(OracleLayout().parse("etcd_snapshot_2026-02-30_08-15-00/n/etcd-snapshot-n.db") == .impossibleTime)
    }

    @Test(
        "what is unfinished is ignored as such",
        arguments: [
            ("k3s", "etcd-snapshot-n1-1769847300.part"), ("k3s", "etcd-snapshot-n1-1769847300.zip.part"),
            ("cozystack", ".etcd-snapshot-0815.db.tmp"), ("omni", "FFFFFFFF968245FC.snapshot.tmp"),
            ("bitnami", "db-2026-01-31_08-15.part"), ("talos", "c-2026-01-31T08:15:00Z.snap.part"),
        ]
    )
    func unfinished(layout: String, name: String) throws {
        let layout = try #require(LayoutRegistry.all(CodecRegistry.encodings).first { $0.name == layout })
        #expect(reason(layout.parse(name)) == "it is unfinished")
    }

    @Test(
        "Gardener's changes since a revision begin at its name, unless theirs may have one digit more",
        arguments: [
            (208, "Incr-00000208"), (89_999_999, "Incr-89999999"), (90_000_000, nil), (99_999_999, nil),
            (100_000_000, "Incr-100000000"), (899_999_999, "Incr-899999999"), (950_000_000, nil),
            (1_000_000_000, "Incr-1000000000"), (9_500_000_000, nil), (Int64.max, nil),
        ]
    )
    func startOfDeltas(revision: Int64, name: String?) throws {
        #expect(GardenerLayout().start(ofDeltasSince: try #require(Revision(revision))) == name)
    }

    @Test func `each way to pack is one that a codec undoes`() {
        for (ending, name) in PackedName.endings {
            let known = CodecRegistry.encodings.encoding(ofFileNamed: "a" + ending)
            #expect(known == BackupEncoding(name: name, nameEnding: ending))
            #expect(PackedName.split("a.db" + ending).encoding == known)
        }
    }

    @Test func `k3s keeps what it knows of a snapshot in .metadata`() {
        let layout = K3sLayout()
        #expect(layout.companions(of: "on-demand-n1-1769847300.zip") == [".metadata/on-demand-n1-1769847300.zip"])
        #expect(layout.parse(".metadata/on-demand-n1-1769847300.zip") == .companion)
        #expect(layout.meaning(ofFolder: ".metadata").contains("no snapshots"))
    }

    @Test func `kops finishes a backup by its meta file, and has commands beside`() {
        let layout = KopsLayout()
        let folder = "2026-01-31T08:15:00Z-000001/"
        #expect(layout.parse(folder + "_etcd_backup.meta") == .companion)
        #expect(layout.companions(of: folder + "etcd.backup.gz") == [folder + "_etcd_backup.meta"])
        #expect(layout.completion == CompletionFile(name: "_etcd_backup.meta"))
        #expect(layout.reasonAgainst(cluster: "control") != nil)
        #expect(layout.reasonAgainst(cluster: "main") == nil)
        #expect(!layout.holdsBackups("control") && layout.meaning(ofFolder: "control").contains("commands"))
    }

    @Test func `Gardener's changes say how far they reach`() {
        let layout = GardenerLayout()
        let says = ParsedDelta(lastRevision: Revision(120), time: morning)
        #expect(layout.parse("Incr-00000101-00000120-1769847300.gz") == .delta(says))
        #expect(layout.parse("Backup-1769847000/Incr-00000101-00000120-1769847300") == .delta(says))
        #expect(layout.match(FolderView(files: ["Incr-00000101-00000120-1769847300.gz"])) == LayoutMatch(.certain))
        let chunk = layout.parse("Full-00000000-00000100-1769847300.gz/0000000001")
        #expect(reason(chunk)?.contains("not put together") == true)
        #expect(layout.meaning(ofFolder: "Full-00000000-00000100-1769847300.gz").contains("not put together"))
        #expect(layout.meaning(ofFolder: "old") == "it is a folder")
    }

    @Test func `OpenShift's static resources belong to a snapshot of the same time`() {
        let layout = OpenShiftLayout()
        #expect(layout.parse("static_kuberesources_2026-01-31_081500.tar.gz") == .companion)
        #expect(
            layout.companions(of: "backup-a/snapshot_2026-01-31_081500.db")
                == ["backup-a/static_kuberesources_2026-01-31_081500.tar.gz"]
        )
        #expect(layout.companions(of: "snapshot_2026-01-31_081500.db").first?.hasPrefix("static_") == true)
        let dirty = reason(layout.parse("snapshot_2026-01-31_081500__POSSIBLY_DIRTY__.db"))
        #expect(dirty?.contains("during a rollout") == true)
    }

    @Test func `archives of keys, volumes and data directories are no snapshots`() {
        #expect(reason(VClusterLayout().parse("a-snapshot-2026-01-31T08-15-00.tar.gz"))?.contains("volumes") == true)
        #expect(reason(CharmedLayout().parse("etcd-data-20260131-081500.tar.gz"))?.contains("data directory") == true)
        let kept = "kubeadm-backup-etcd-2026-01-31-08-15-00/etcd/member/snap/db"
        #expect(reason(KubeadmLayout().parse(kept))?.contains("no snapshot") == true)
        let old = "etcd-2026-01-31_08:15:00/member/snap/db"
        #expect(reason(KubesprayLayout().parse(old))?.contains("data directory") == true)
        #expect(reason(BoshLayout().parse("c_20260131T081500Z/master-0-uaa.tar"))?.contains("another job") == true)
    }

    @Test func `companions lie beside, or deeper`() {
        #expect(CozystackLayout().parse("daily.db.uid") == .companion)
        #expect(RKELayout().companions(of: "2026-01-31T08:15:00Z_etcd") == ["pki.bundle.tar.gz"])
        #expect(RKELayout().companions(of: "2026-01-31T08:15:00Z_etcd.zip").isEmpty)
        #expect(RKELayout().parse("pki.bundle.tar.gz") == .companion)
        #expect(CozystackLayout().companions(of: "daily.db") == ["daily.db.uid"])
        #expect(BoshLayout().parse("c_20260131T081500Z/metadata") == .companion)
        #expect(BoshLayout().completion == CompletionFile(name: "metadata", text: "finish_time"))
        let oracle = OracleLayout()
        let folder = "etcd_snapshot_2026-01-31_08-15-00/"
        #expect(oracle.parse(folder + "backup_label.txt") == .companion)
        #expect(oracle.parse(folder + "n1/sa.key") == .companion)
        #expect(oracle.parse(folder + "n1/etcd-snapshot-n2.db") == .companion)
        let companions = oracle.companions(of: folder + "n1/etcd-snapshot-n1.db")
        #expect(companions.contains(folder + "etcd_master.log"))
        #expect(companions.contains(folder + "n1/n1-etc-kubernetes.gz"))
    }

    @Test func `one kamaji cluster is not taken for a member of another`() {
        guard case .backup(let says) = KamajiLayout().parse("tenant-1_20260131081500.db") else {
            Issue.record("no backup")
            return
        }
        #expect(says.cluster == "tenant-1" && says.node == nil)
    }
}

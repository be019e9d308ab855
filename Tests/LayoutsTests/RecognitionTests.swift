import Backups
import Codecs
import Testing

@testable import Layouts

/// Which layouts are surest of a folder.
@Suite("Layouts recognise folders")
struct RecognitionTests {
    private func surest(_ folder: FolderView) -> [String] {
        let found = LayoutRegistry.all(CodecRegistry.encodings).compactMap { layout in
            layout.match(folder).map { (name: layout.name, certainty: $0.certainty) }
        }
        let best = found.map(\.certainty).max()
        return found.filter { $0.certainty == best }.map(\.name)
    }

    @Test(
        "by the names of files",
        arguments: [
            ("operator-0.8", "etcd.backup_v99_2026-01-31-08:15:00"),
            ("k3s", "etcd-snapshot-n1-1769847300"), ("k3s", "on-demand-n1-1769847300.zip"),
            ("k3s", "own-n1-1769847300"),
            ("gardener", "Full-00000000-00000099-1769847300"), ("gardener", "Full-00000000-00000099-1769847300.gz"),
            ("openshift", "snapshot_2026-01-31_081500.db"), ("bitnami", "db-2026-01-31_08-15"),
            ("rke", "2026-01-31T08:15:00Z_etcd"), ("rke", "rke_etcd_snapshot_2026-01-31T08:15:00Z.zip"),
            ("rke", "c-abcde-rl-x1y2z_2026-01-31T08:15:00Z.zip"), ("k0s", "k0s_backup_2026-01-31T08_15_00_000Z.tar.gz"),
            ("talos", "c-2026-01-31T08:15:00Z.snap.age"), ("omni", "FFFFFFFF968245FC.snapshot"),
            ("kubermatic", "q9v8bcdxzl-default-2026-01-31t08-15-00.db.gz"),
            ("giantswarm", "gauss-x1y2z-v3-2026-01-31T08-15-00.db.tar.gz.enc"), ("hypershift", "1769847300.db"),
            ("etcd-cloud-operator", "etcd-0_00000000000000ff_etcd.backup"),
            ("charmed", "etcd-snapshot-2026-01-31-08.15.00.tar.gz"), ("cozystack", "daily-20260131-081500-rev7.db"),
            ("cozystack", "once-rev7.db"), ("cozystack", "tenant-etcd-migration.db"),
            ("kamaji", "etcd_20260131081500.db"),
            ("kamaji", "mysnapshot_etcd-leader_20260131.db"),
            ("plain", "etcd.db"), ("plain", "etcd-2026-01-31.db"), ("plain", "etcd-snapshot-latest.db"),
            ("plain", "x.snap.gz"),
        ]
    )
    func files(layout: String, file: String) {
        #expect(surest(FolderView(path: ["backups"], files: ["README", file])) == [layout])
    }

    @Test(
        "by the names of folders in it, and from within one of them",
        arguments: [
            ("kubespray", "etcd-2026-01-31_08:15:00"), ("kubekey", "etcd-2026-01-31-08-15-00"),
            ("kubekey", "etcd-v3.5.13-2026-01-31-08-15-00"), ("oracle", "etcd_snapshot_2026-01-31_08-15-00"),
        ]
    )
    func folders(layout: String, folder: String) throws {
        #expect(surest(FolderView(path: ["backups"], folders: ["other", folder])) == [layout])
        let inside = FolderView(path: ["backups", folder])
        #expect(surest(inside) == [layout])
        let found = try #require(LayoutRegistry.all([]).first { $0.name == layout }?.match(inside))
        #expect(found.isInsideBackupFolder)
    }

    @Test(
        "by no name of what is never a backup",
        arguments: [
            FolderView(folders: ["kubeadm-backup-etcd-2026-01-31-08-15-00"]),
            FolderView(folders: ["cf_20260131T081500Z"]),
            FolderView(files: ["a-snapshot-2026-01-31T08-15-00.tar.gz"]),
        ]
    )
    func neverBackups(beside folder: FolderView) {
        #expect(surest(folder).allSatisfy { $0 == "plain" })
        var view = folder
        view.files.append("etcd.db")
        #expect(surest(view) == ["plain"])
    }

    @Test func `bosh's artifacts of an etcd by their names`() {
        let file = "bbr-etcd-cfcr-etcd-backup-one-restore-all.tar"
        let folder = FolderView(path: ["backups", "cfcr_20260131T081500Z"], files: [file, "metadata"])
        #expect(BoshLayout().match(folder) == LayoutMatch(.certain, isInsideBackupFolder: true))
        #expect(BoshLayout().likelyFolders(in: FolderView(folders: ["cfcr_20260131T081500Z", "x"])).count == 1)
    }

    @Test func `kops from its root, its parents and a cluster's folder`() {
        let layout = KopsLayout()
        let backup = "2026-01-31T08:15:00Z-000001"
        #expect(
            layout.match(FolderView(landmarks: ["backups/etcd/main/"]))
                == LayoutMatch(.certain, folder: "backups/etcd/")
        )
        #expect(
            layout.match(FolderView(path: ["backups"], landmarks: ["etcd/main/"]))
                == LayoutMatch(.certain, folder: "etcd/")
        )
        #expect(layout.match(FolderView(path: ["x"], landmarks: ["etcd/main/"])) == nil)
        #expect(layout.match(FolderView(path: ["backups", "etcd"], folders: ["main"])) == LayoutMatch(.certain))
        #expect(layout.match(FolderView(path: ["backups", "etcd"], files: ["a.db"])) == nil)
        // They may be called so for other reasons: what is in them decides.
        let likely = FolderView(path: ["x"], folders: ["events", "main", "other"])
        #expect(layout.match(likely) == nil && layout.likelyFolders(in: likely) == ["events", "main"])
        let main = FolderView(path: ["main"], folders: [backup, "control"])
        #expect(layout.match(main) == LayoutMatch(.certain, isInsideBackupFolder: true))
    }

    @Test func `what k3s notes of its snapshots is not taken for them`() {
        let file = "etcd-snapshot-n1-1769847300"
        #expect(K3sLayout().match(FolderView(path: ["db", ".metadata"], files: [file])) == nil)
    }

    @Test func `Omni from its bucket, and from a cluster's folder`() {
        let uuid = "01234567-89ab-cdef-0123-456789abcdef"
        let likely = FolderView(folders: ["a", uuid])
        #expect(surest(likely) == [] && OmniLayout().likelyFolders(in: likely) == [uuid])
        let inside = OmniLayout().match(FolderView(path: [uuid], files: ["FFFFFFFF968245FC.snapshot"]))
        #expect(inside == LayoutMatch(.certain, isInsideBackupFolder: true))
    }

    @Test func `Gardener's older folders are below a v1 that is not the operator's`() {
        let old = FolderView(path: ["bucket", "v1"], folders: ["Backup-1769847300"])
        #expect(surest(old) == ["gardener"])
        #expect(GardenerLayout().match(FolderView(landmarks: ["v2/Full-"])) == LayoutMatch(.certain, folder: "v2/"))
        #expect(surest(FolderView(landmarks: ["v1/", "v1/Backup-"], folders: ["v1"])) == ["gardener"])
        let inside = FolderView(path: ["v1", "Backup-1769847300"], files: ["Full-00000000-00000099-1769847300"])
        #expect(surest(inside) == ["gardener"])
        #expect(GardenerLayout().match(inside)?.isInsideBackupFolder == true)
    }

    @Test func `the operator's cluster and namespace are recognised, too`() {
        let layout = OperatorLayout()
        let file = "3.1.0_00000000000000ff_etcd.backup"
        let inside = LayoutMatch(.certain, isInsideBackupFolder: true)
        #expect(layout.match(FolderView(path: ["v1", "foo"], files: [file])) == inside)
        #expect(surest(FolderView(path: ["v1", "foo"], files: [file])) == ["operator"])
        #expect(surest(FolderView(path: ["v1", "ns", "foo"], files: [file])) == ["operator"])
        #expect(layout.match(FolderView(path: ["v1", "ns"], folders: ["foo"])) == LayoutMatch(.certain))
    }

    @Test func `a version in front may be the operator's or an instance's: both are as sure`() {
        let file = "3.1.0_00000000000000ff_etcd.backup"
        #expect(surest(FolderView(path: ["copies"], files: [file])) == ["operator", "etcd-cloud-operator"])
        let choice = try? LayoutChoice(of: LayoutRegistry.all([]))
        #expect(throws: LayoutError.ambiguous(folder: "copies", names: ["operator", "etcd-cloud-operator"])) {
            try choice?.match(FolderView(path: ["copies"], files: [file]))
        }
    }

    @Test func `OpenShift's snapshot shows in its folder, whatever that is called`() {
        let file = "snapshot_2026-01-31_081500.db"
        #expect(OpenShiftLayout().match(FolderView(path: ["odd"], files: [file])) == LayoutMatch(.certain))
        let inside = OpenShiftLayout().match(FolderView(path: ["backup-a"], files: [file]))
        #expect(inside == LayoutMatch(.certain, isInsideBackupFolder: true))
    }

    @Test(
        "foreign stores are known by name",
        arguments: [
            ("restic", ["config"], ["data", "index", "keys", "locks", "snapshots"]),
            ("kopia", ["kopia.repository.f"], ["p"]),
            ("kopia", ["kopia.repository"], []), ("Velero", ["velero-backup.json"], []),
            ("Velero", [], ["backups", "restores"]),
        ]
    )
    func foreign(name: String, files: [String], folders: [String]) {
        let folder = FolderView(files: files, folders: folders)
        #expect(ForeignStore.recognise(folder)?.contains(name) == true)
        #expect(surest(folder).isEmpty)
        #expect(PlainLayout(encodings: []).explanation(of: folder) == ForeignStore.recognise(folder))
        #expect(ForeignStore.recognise(FolderView(files: ["config"], folders: ["data"])) == nil)
    }
}

import Backups
import Text

/// What an upgrade by kubeadm keeps: `kubeadm-backup-etcd-<local time>/etcd/member/…`, a copy of a member's data
/// directory (kubernetes/kubernetes `cmd/kubeadm/app`). It is no snapshot: its write-ahead log holds what is newer than
/// its `db`.
struct KubeadmLayout: BackupFolders {
    let name = "kubeadm"
    let summary = "data directories that an upgrade by kubeadm keeps: no snapshots"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["etc/kubernetes/tmp/"]
    let isWithoutSnapshots = true
    let shape = "kubeadm-backup-etcd-<time>/etcd"
    let folderForms = [NameForm("kubeadm-backup-etcd-%Y-%m-%d-%H-%M-%S")]

    /// None of them is a backup, so that the place may have another layout's.
    func match(_ folder: FolderView) -> LayoutMatch? { nil }

    func explanation(of folder: FolderView) -> String? {
        guard (folder.folders + [folder.name]).contains(where: holdsBackups) else { return nil }
        return "holds data directories that an upgrade by kubeadm kept, and no snapshots"
    }

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        .ignored(reason: "it is a part of a member's data directory, which kubeadm kept: no snapshot")
    }
}

import Backups
import Text

/// Backups of kubespray: `etcd-<local time>/snapshot.db` (kubernetes-sigs/kubespray `roles/etcd/handlers/backup.yml`).
struct KubesprayLayout: BackupFolders {
    let name = "kubespray"
    let summary = "backups of kubespray: etcd-TIME/snapshot.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["var/backups/"]
    let shape = "etcd-<time>/snapshot.db"
    let folderForms = [NameForm("etcd-%Y-%m-%d_%H:%M:%S")]

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        if file.hasPrefix("member/") { return .ignored(reason: "it is a part of a member's data directory") }
        guard file == "snapshot.db" else { return nil }
        return .backup(at: says, ParsedBackup(name: folder, hasLocalTime: true))
    }
}

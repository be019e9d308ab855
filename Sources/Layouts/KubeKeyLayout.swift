import Backups
import Text

/// Backups of KubeKey: `etcd-<local time>/snapshot.db`, and `etcd-v<version>-<local time>/snapshot.db` before an upgrade
/// (kubesphere/kubekey 3.2 `cmd/kk`, 4.0.7 `builtin/core/roles/etcd`).
struct KubeKeyLayout: BackupFolders {
    let name = "kubekey"
    let summary = "backups of KubeKey: etcd-TIME/snapshot.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = [
        "var/backups/kube_etcd/", "var/lib/etcd-backup/timer/", "var/lib/etcd-backup/install/",
    ]
    let shape = "etcd-<time>/snapshot.db"
    let folderForms = [NameForm("etcd-%Y-%m-%d-%H-%M-%S"), NameForm("etcd-v*-%Y-%m-%d-%H-%M-%S")]

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        guard file == "snapshot.db" else { return nil }
        let version = EtcdVersion(says.text)
        if !says.text.isEmpty, version == nil { return .ignored(reason: "its folder does not name an etcd version") }
        let kind = version == nil ? nil : "before-install"
        return .backup(at: says, ParsedBackup(name: folder, version: version, hasLocalTime: true, kind: kind))
    }
}

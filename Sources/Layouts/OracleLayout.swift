import Backups
import Text

/// What Oracle's scripts for Kubernetes write: `etcd_snapshot_<local time>/<node>/etcd-snapshot-<node>.db`, one of each
/// node, with `backup_label.txt` written last (oracle-samples/maa `kubernetes-maa/maak8-etcd-backup.sh`).
struct OracleLayout: BackupFolders {
    let name = "oracle"
    let summary = "backups of Oracle's MAA scripts: etcd_snapshot_TIME/NODE/etcd-snapshot-NODE.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let completion: CompletionFile? = CompletionFile(name: "backup_label.txt")
    let shape = "etcd_snapshot_<time>/<node>/etcd-snapshot-<node>.db"
    let folderForms = [NameForm("etcd_snapshot_%Y-%m-%d_%H-%M-%S")]

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        let parts = file.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count == 2, case let node = String(Substring(parts[0])),
            String(Substring(parts[1])) == "etcd-snapshot-\(node).db"
        else { return .companion }
        return .backup(at: says, ParsedBackup(hasLocalTime: true, node: node))
    }

    func companions(of path: String) -> [String] {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard parts.count == 3 else { return [] }
        let (folder, node) = (parts[0] + "/", parts[0] + "/" + parts[1] + "/")
        return ["backup_label.txt", "etcd_master.log"].map { folder + $0 }
            + ["sa.key", "sa.pub", "\(parts[1])-etc-kubernetes.gz"].map { node + $0 }
    }
}

import Backups
import Text

/// Backups of kops's etcd-manager: `<store>/<cluster>/backups/etcd/<main, events or
/// cilium>/<time>-<number>/etcd.backup.gz`, with `_etcd_backup.meta` written last (kubernetes-sigs/etcd-manager
/// `pkg/backup/vfs.go`).
struct KopsLayout: BackupFolders {
    let name = "kops"
    let summary = "backups of kops's etcd-manager: backups/etcd/CLUSTER/TIME-NUMBER/etcd.backup.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.folders
    /// Every cluster has `main`; `backups/etcd/` alone may be anybody's.
    let landmarks = ["backups/etcd/main/", "etcd/main/"]
    let topFolder = "backups/etcd/"
    let completion: CompletionFile? = CompletionFile(name: meta)
    let mainCluster: String? = "main"
    let shape = "<time>-<number>/etcd.backup.gz"
    let folderForms = [NameForm("%Y-%m-%dT%H:%M:%SZ-%6")]

    private static let meta = "_etcd_backup.meta"

    func match(_ folder: FolderView) -> LayoutMatch? {
        if folder.landmarks.contains("backups/etcd/main/") { return LayoutMatch(.certain, folder: "backups/etcd/") }
        if folder.name == "backups", folder.landmarks.contains("etcd/main/") {
            return LayoutMatch(.certain, folder: "etcd/")
        }
        if folder.path.suffix(2) == ["backups", "etcd"], folder.folders.contains("main") {
            return LayoutMatch(.certain)
        }
        // A cluster's own folder is one level below the layout's.
        return folder.folders.contains(where: holdsBackups) ? LayoutMatch(.certain, isInsideBackupFolder: true) : nil
    }

    func likelyFolders(in folder: FolderView) -> [String] { folder.folders.filter { ["main", "events"].contains($0) } }

    func explanation(of folder: FolderView) -> String? {
        guard folder.files.contains("etcd.backup.gz") else { return nil }
        return "is the folder of one backup of kops: name the folder above it, which is the cluster's"
    }

    func reasonAgainst(cluster: String) -> String? {
        if cluster == "control" { return meaning(ofFolder: cluster) }
        return ClusterName.canBePart(cluster) ? nil : "no cluster can be called so"
    }

    func meaning(ofFolder name: String) -> String {
        name == "control" ? "it holds etcd-manager's commands, and no backups" : "it is a folder"
    }

    func readOthers(_ path: String) -> ParsedName? {
        let isControl = path.hasPrefix("control/")
        return isControl ? .ignored(reason: "it is one of etcd-manager's commands, and no backup") : nil
    }

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        if file == Self.meta { return .companion }
        guard file == "etcd.backup.gz" else { return nil }
        return .backup(at: says, ParsedBackup(name: folder, encoding: PackedName.split(String(file)).encoding))
    }

    func companions(of path: String) -> [String] {
        path.utf8.firstIndex(of: UInt8(ascii: "/")).map { [path[...$0] + Self.meta] } ?? []
    }
}

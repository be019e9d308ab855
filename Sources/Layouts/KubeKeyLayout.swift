import Backups
import Text

/// Backups of KubeKey: `etcd-<local time>/snapshot.db`, and `etcd-v<version>-<local time>/snapshot.db` before an
/// upgrade (kubesphere/kubekey 3.2 `cmd/kk`, 4.0.7 `builtin/core/roles/etcd`).
struct KubeKeyLayout: BackupFolders {
    let name = "kubekey"
    let summary = "backups of KubeKey: etcd-TIME/snapshot.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["var/backups/kube_etcd/", "var/lib/etcd-backup/"]
    let shape = "etcd-<time>/snapshot.db"
    let folderForms = [NameForm("etcd-%Y-%m-%d-%H-%M-%S"), NameForm("etcd-v*-%Y-%m-%d-%H-%M-%S")]

    /// Since 4 the folders of the timer's backups and of those before an upgrade lie beside each other.
    private static let groups = ["timer", "install"]

    func holdsBackups(_ folder: String) -> Bool {
        folderForms.match(folder) != nil || Self.groups.contains(folder)
    }

    func match(_ folder: FolderView) -> LayoutMatch? {
        if folder.folders.contains(where: { folderForms.match($0) != nil }) {
            return LayoutMatch(.certain, isInsideBackupFolder: Self.groups.contains(folder.name))
        }
        return folderForms.match(folder.name) == nil ? nil : LayoutMatch(.certain, isInsideBackupFolder: true)
    }

    func likelyFolders(in folder: FolderView) -> [String] { folder.folders.filter(Self.groups.contains) }

    func read(_ path: String) -> ParsedName? {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
        guard parts.count == 2, Self.groups.contains(String(Substring(parts[0]))) else { return read(inFolder: path) }
        return read(inFolder: String(Substring(parts[1])))
    }

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        guard file == "snapshot.db" else { return nil }
        let version = EtcdVersion(says.text)
        if !says.text.isEmpty, version == nil { return .ignored(reason: "its folder does not name an etcd version") }
        let kind = version == nil ? nil : "before-install"
        return .backup(at: says, ParsedBackup(name: folder, version: version, hasLocalTime: true, kind: kind))
    }
}

import Backups
import Text

/// What OpenShift's `cluster-backup.sh` writes: `snapshot_<local time>.db` with `static_kuberesources_<local
/// time>.tar.gz` beside it, mostly in a folder for each run (cluster-etcd-operator `bindata/etcd/cluster-backup.sh`).
struct OpenShiftLayout: BackupFolders {
    let name = "openshift"
    let summary = "backups of OpenShift's cluster-backup.sh: snapshot_TIME.db, with static_kuberesources_TIME.tar.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = [
        "home/core/assets/backup/", "etc/kubernetes/cluster-backup/", "var/lib/etcd-auto-backup/",
    ]
    let shape = "snapshot_<time>.db"
    let folderForms = [
        NameForm("backup-*"), NameForm("etcd-backup-*"), NameForm("%Y-%m-%d_%6"), NameForm("%Y-%m-%d_%H-%M-%S"),
    ]

    private let snapshot = NameForm("snapshot_%Y-%m-%d_%H%M%S.db")
    private static let dirty = "__POSSIBLY_DIRTY__"

    /// The folders may be called anything: only what is in one shows for certain what it is.
    func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains(where: isBackup)
            ? LayoutMatch(.certain, isInsideBackupFolder: holdsBackups(folder.name)) : nil
    }

    func likelyFolders(in folder: FolderView) -> [String] { folder.folders.filter(holdsBackups) }

    func read(_ path: String) -> ParsedName? { read(PathParts(path).name[...]) }

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? { read(file) }

    private func read(_ file: Substring) -> ParsedName? {
        let isCompanion = file.hasPrefix("static_kuberesources_") && file.hasSuffix(".tar.gz")
        if isCompanion && file.hasSuffix(Self.dirty + ".tar.gz")
            || file.hasPrefix("snapshot_") && file.hasSuffix(Self.dirty + ".db")
        {
            return .ignored(reason: "it was written during a rollout, so that its parts may not fit together")
        }
        if isCompanion { return .companion }
        guard let says = snapshot.match(file) else { return nil }
        return .backup(at: says, ParsedBackup(name: String(file), hasLocalTime: true))
    }

    let needsCompanions = true

    func companions(of path: String) -> [String] {
        let file = PathParts(path).name
        guard file.hasPrefix("snapshot_"), file.hasSuffix(".db") else { return [] }
        let time = file.dropFirst("snapshot_".count).dropLast(".db".count)
        return [PathParts(path).sibling("static_kuberesources_\(time).tar.gz")]
    }
}

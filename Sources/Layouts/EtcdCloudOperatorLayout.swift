import Backups

/// Snapshots of etcd-cloud-operator: `<instance>_<revision>_etcd.backup`, the revision as 16 hexadecimal digits
/// (Quentin-M/etcd-cloud-operator 3.4 `pkg/providers/snapshot`). It is the etcd operator's form, with an instance's
/// name where that has the version.
struct EtcdCloudOperatorLayout: FileNames {
    let name = "etcd-cloud-operator"
    let summary = "snapshots of etcd-cloud-operator: INSTANCE_REVISION_etcd.backup in one folder"
    let order = BackupOrder.byRevision
    let clusterNaming = ClusterNaming.none
    let shape = "<instance>_<revision>_etcd.backup"

    private let form = NameForm("*_%X_etcd.backup")

    /// As sure as the etcd operator's layout, where nothing but the names shows which it is.
    func match(_ folder: FolderView) -> LayoutMatch? {
        if folder.landmarks.contains("v1/") || folder.path.suffix(3).contains("v1") { return nil }
        return folder.files.contains(where: isBackup) ? LayoutMatch(.certain) : nil
    }

    func read(_ path: String) -> ParsedName? {
        guard let says = form.match(path), let digits = says.numbers.first else { return nil }
        guard let revision = Revision(sixteenDigits: digits) else {
            return .ignored(reason: "its revision is beyond what etcd can count to")
        }
        return .backup(ParsedBackup(revision: revision, node: says.text))
    }
}

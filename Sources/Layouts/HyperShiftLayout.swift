import Backups

/// Snapshots that HyperShift's `etcd-upload` puts into a bucket: `<unix time>.db` (openshift/hypershift 0.1.81).
struct HyperShiftLayout: FileNames {
    let name = "hypershift"
    let summary = "snapshots of HyperShift: UNIXTIME.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let shape = "<unix time>.db"

    private let form = NameForm("%s.db")

    /// Such names are short, and others may choose them, too.
    func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains(where: isBackup) ? LayoutMatch(.likely) : nil
    }

    func read(_ path: String) -> ParsedName? {
        form.match(path).map { .backup(at: $0, ParsedBackup()) }
    }
}

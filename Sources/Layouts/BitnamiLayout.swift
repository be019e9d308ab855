import Backups

/// Snapshots of Bitnami's etcd chart: `db-<time>`, in UTC to the minute (bitnami/containers etcd `snapshot.sh`).
struct BitnamiLayout: FileNames {
    let name = "bitnami"
    let summary = "snapshots of Bitnami's etcd chart: db-YYYY-MM-DD_HH-MM"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["snapshots/"]
    let shape = "db-<day>_<hour>-<minute>"

    private let form = NameForm("db-%Y-%m-%d_%H-%M")

    func read(_ path: String) -> ParsedName? {
        form.match(path).map { .backup(at: $0, ParsedBackup()) }
    }
}

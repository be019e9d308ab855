import Backups

/// The periodic backups of the etcd operator 0.8 to 0.9.4 (`EtcdBackup`): `<path>_v<revision>_<time>`, the revision in
/// decimal and not padded, the time in UTC (etcd operator v0.9.4 `pkg/backup/backup_manager.go`). One-shot backups have
/// a free name.
struct OperatorBackupLayout: FileNames {
    let name = "operator-0.8"
    let summary = "periodic backups of the etcd operator 0.8 and later: PATH_vREVISION_TIME"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let shape = "<path>_v<revision>_<time>"

    private let forms = [NameForm("*_v%N_%Y-%m-%d-%H:%M:%S"), NameForm("_v%N_%Y-%m-%d-%H:%M:%S")]

    func read(_ path: String) -> ParsedName? {
        guard let says = forms.match(path), let digits = says.numbers.first else { return nil }
        guard let revision = Int64(digits).flatMap({ Revision($0) }) else {
            return .ignored(reason: "its revision is beyond what etcd can count to")
        }
        return .backup(at: says, ParsedBackup(revision: revision, kind: "periodic"))
    }
}

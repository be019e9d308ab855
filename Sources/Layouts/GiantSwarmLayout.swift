import Backups

/// Backups of Giant Swarm's operator: `<installation>-<cluster>-v3-<local time>.db.tar.gz`, also encrypted by OpenPGP
/// with `.enc` (giantswarm/etcd-backup-operator `pkg/etcd`).
struct GiantSwarmLayout: FileNames {
    let name = "giantswarm"
    let summary = "backups of Giant Swarm's operator: INSTALLATION-CLUSTER-v3-TIME.db.tar.gz, also with .enc"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let shape = "<installation>-<cluster>-v3-<time>.db.tar.gz"

    private let form = NameForm("*-v3-%Y-%m-%dT%H-%M-%S.db")

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard [".tar.gz", ".tar.gz.enc"].contains(encoding.nameEnding), let says = form.match(stem) else { return nil }
        return .backup(at: says, ParsedBackup(cluster: says.text, hasLocalTime: true, encoding: encoding))
    }
}

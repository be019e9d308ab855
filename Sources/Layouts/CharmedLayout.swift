import Backups

/// What the `snapshot` action of Charmed Kubernetes' etcd charm writes: `etcd-snapshot-<local time>.tar.gz` with a copy
/// of the running member's `snap/db` (charmed-kubernetes/layer-etcd `src/actions/snapshot`).
struct CharmedLayout: FileNames {
    let name = "charmed"
    let summary = "snapshots of Charmed Kubernetes' etcd charm: etcd-snapshot-TIME.tar.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["home/ubuntu/etcd-snapshots/"]
    let shape = "etcd-snapshot-<day>-<hour>.<minute>.<second>.tar.gz"

    private let form = NameForm("etcd-snapshot-%Y-%m-%d-%H.%M.%S")
    private let dataDirectory = NameForm("etcd-data-%8-%6")

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard encoding.nameEnding == ".tar.gz" else { return nil }
        if dataDirectory.match(stem) != nil {
            return .ignored(reason: "it is a member's data directory from before a restore: no snapshot")
        }
        return form.match(stem).map { .backup(at: $0, ParsedBackup(hasLocalTime: true, encoding: encoding)) }
    }
}

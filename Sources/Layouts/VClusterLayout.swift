import Backups

/// What `vcluster snapshot` writes: a `*.tar.gz` of any name. Only vCluster 0.35 and later with an embedded etcd puts a
/// snapshot in it; before, it holds the keys one by one. Its Docker driver writes `<cluster>-snapshot-<local
/// time>.tar.gz` with volumes (loft-sh/vcluster `pkg/snapshot`, `pkg/cli/snapshot_docker.go`).
struct VClusterLayout: FileNames {
    let name = "vcluster"
    let summary = "archives of vcluster snapshot: *.tar.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let shape = "*.tar.gz"

    private let docker = NameForm("*-snapshot-%Y-%m-%dT%H-%M-%S")

    /// Only the names of the Docker driver are its own, and none of those is a backup.
    func match(_ folder: FolderView) -> LayoutMatch? {
        let isDockers = folder.files.contains { docker.match(PackedName.split($0).stem) != nil }
        return isDockers && folder.files.contains(where: isBackup) ? LayoutMatch(.certain) : nil
    }

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard encoding.nameEnding == ".tar.gz" else { return nil }
        if docker.match(stem) != nil {
            return .ignored(reason: "it is an archive of a Docker driver's volumes: no etcd snapshot")
        }
        return .backup(ParsedBackup(encoding: encoding))
    }
}

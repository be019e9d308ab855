import Backups

/// Snapshots of talos-backup: `<cluster>-<time>.snap`, also compressed by zstd, encrypted by age, or both
/// (siderolabs/talos-backup `pkg/util`).
struct TalosLayout: FileNames {
    let name = "talos"
    let summary = "snapshots of talos-backup: CLUSTER-TIME.snap, also with .zst, .age or .zst.age"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let shape = "<cluster>-<time>.snap"

    private let form = NameForm("*-%Y-%m-%dT%H:%M:%S%z.snap")

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard ["", ".zst", ".age", ".zst.age"].contains(encoding.nameEnding), let says = form.match(stem) else {
            return nil
        }
        return .backup(at: says, ParsedBackup(cluster: says.text, encoding: encoding))
    }
}

import Backups

/// Backups of k0s: `k0s_backup_<local time>_000Z.tar.gz`, with its configuration and certificates in the archive
/// (k0sproject/k0s `pkg/backup`). Despite the `Z` the time is the machine's own.
struct K0sLayout: FileNames {
    let name = "k0s"
    let summary = "backups of k0s: k0s_backup_TIME_000Z.tar.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let shape = "k0s_backup_<time>_000Z.tar.gz"

    private let form = NameForm("k0s_backup_%Y-%m-%dT%H_%M_%S_000Z")

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard encoding.nameEnding == ".tar.gz", let says = form.match(stem) else { return nil }
        return .backup(at: says, ParsedBackup(hasLocalTime: true, encoding: encoding))
    }
}

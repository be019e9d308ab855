import Backups
import Text

/// Backups of kamaji-etcd: since 0.8 `<etcd>_<time>.db`, in the container's zone, mostly UTC; its chart before wrote
/// `<name>_<pod>_<day>.db` (clastix/kamaji-etcd 0.17 `scripts/backup.sh`, 0.5.2 `templates/etcd_cronjob_backup.yaml`).
///
/// Up to 0.12 a member's number follows the etcd's name. It stays: `tenant-1` may be an etcd as well as a member of
/// `tenant`.
struct KamajiLayout: FileNames {
    let name = "kamaji"
    let summary = "backups of kamaji-etcd: ETCD_TIME.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let shape = "<etcd>_<time>.db"

    private let script = NameForm("*_%Y%m%d%H%M%S.db")
    private let chart = NameForm("*_%Y%m%d.db")

    /// The chart's names are in a form that others use, too.
    func match(_ folder: FolderView) -> LayoutMatch? {
        var certainty: LayoutMatch.Certainty?
        for file in folder.files {
            guard case .backup(let says) = parse(file) else { continue }
            if says.cluster != nil { return LayoutMatch(.certain) }
            certainty = .likely
        }
        return certainty.map { LayoutMatch($0) }
    }

    func read(_ path: String) -> ParsedName? {
        if let says = script.match(path) {
            return .backup(at: says, ParsedBackup(cluster: says.text))
        }
        guard let says = chart.match(path), let sign = says.text.utf8.lastIndex(of: UInt8(ascii: "_")),
            case let node = says.text[says.text.utf8.index(after: sign)...], !node.isEmpty,
            sign > says.text.startIndex
        else { return nil }
        return .backup(at: says, ParsedBackup(hasLocalTime: true, node: String(node)))
    }
}

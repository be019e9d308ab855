import Backups
import Text

/// Snapshots of Rancher's RKE1, as files or packed as `.zip`: `<time>_etcd` (recurring), `rke_etcd_snapshot_<time>`
/// (one-time), and Rancher's own `<cluster>-<recurring or manual><local or S3>-<5 characters>_<time>`
/// (rancher/rke-tools `main.go`, rancher/rancher `pkg/controllers/management/etcdbackup`).
struct RKELayout: FileNames {
    let name = "rke"
    let summary =
        "snapshots of Rancher's RKE1: TIME_etcd, rke_etcd_snapshot_TIME or CLUSTER-rl-xxxxx_TIME, also with .zip"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let usualFolders = ["opt/rke/etcd-snapshots/"]
    let shape = "<time>_etcd, rke_etcd_snapshot_<time> or <cluster>-rl-<5 characters>_<time>"

    private let recurring = NameForm("%Y-%m-%dT%H:%M:%S%z_etcd")
    private let oneTime = NameForm("rke_etcd_snapshot_%Y-%m-%dT%H:%M:%S%z")
    private let rancher = [NameForm("*_%Y-%m-%dT%H:%M:%S%z"), NameForm("*_%Y-%m-%dT%H-%M-%S%z")]

    /// RKE 0.1 keeps the certificates beside its snapshots, which are files then.
    private static let certificates = "pki.bundle.tar.gz"

    func readOthers(_ path: String) -> ParsedName? { path == Self.certificates ? .companion : nil }

    func companions(of path: String) -> [String] { path.hasSuffix(".zip") ? [] : [Self.certificates] }

    func read(_ path: String) -> ParsedName? {
        let (packed, encoding) = PackedName.split(path)
        guard ["", ".zip"].contains(encoding.nameEnding) else { return nil }
        // Some stores have kept names with the escapes of a URL.
        let stem = PercentSigns.colonAndPlus(in: packed)
        if let says = recurring.match(stem) {
            return .backup(at: says, ParsedBackup(kind: "recurring", encoding: encoding))
        }
        if let says = oneTime.match(stem) {
            return .backup(at: says, ParsedBackup(kind: "one-time", encoding: encoding))
        }
        guard let says = rancher.match(stem), let (cluster, kind) = Self.parts(of: says.text) else { return nil }
        return .backup(at: says, ParsedBackup(cluster: cluster, kind: kind, encoding: encoding))
    }

    /// The cluster, and what made it, in `c-abcde-rl-x1y2z`.
    private static func parts(of text: String) -> (cluster: String, kind: String)? {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count > 2, let mark = parts.last, mark.count == 5, mark.allSatisfy(isLowerCaseOrDigit) else {
            return nil
        }
        let kinds = ["rl": "recurring", "rs": "recurring", "ml": "manual", "ms": "manual"]
        let cluster = String(text.dropLast("-rl-xxxxx".count))
        guard !cluster.isEmpty, let kind = kinds[String(Substring(parts[parts.count - 2]))] else { return nil }
        return (cluster, kind)
    }

    private static func isLowerCaseOrDigit(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

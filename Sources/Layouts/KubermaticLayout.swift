import Backups

/// Backups of the Kubermatic Kubernetes Platform: `<cluster>-<backup config>-<time>.db.gz`, in UTC; one-off ones
/// `<cluster>-<name>.db.gz` (kubermatic/kubermatic `pkg/controller/seed-controller-manager/etcdbackup`).
struct KubermaticLayout: FileNames {
    let name = "kubermatic"
    let summary = "backups of Kubermatic (KKP): CLUSTER-CONFIG-TIME.db.gz"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let shape = "<cluster>-<config>-<time>.db.gz"

    private let scheduled = NameForm("*-%Y-%m-%dt%H-%M-%S.db")
    private let oneOff = NameForm("*.db")

    /// One-off backups are called as anything may be.
    func match(_ folder: FolderView) -> LayoutMatch? {
        let hasScheduled = folder.files.contains {
            if case .backup(let says) = parse($0) { says.time != nil } else { false }
        }
        return hasScheduled ? LayoutMatch(.certain) : nil
    }

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard encoding.nameEnding == ".gz" else { return nil }
        if let says = scheduled.match(stem) {
            let cluster = Self.cluster(in: says.text)
            return .backup(at: says, ParsedBackup(cluster: cluster, kind: "scheduled", encoding: encoding))
        }
        guard let says = oneOff.match(stem) else { return nil }
        return .backup(ParsedBackup(cluster: Self.cluster(in: says.text), kind: "one-off", encoding: encoding))
    }

    /// KKP calls a cluster by ten characters that make no words, which a `-` ends. Of a cluster that was named by hand,
    /// the config's name can't be told apart, and stays.
    private static func cluster(in text: String) -> String {
        let id = text.prefix { $0 != "-" }
        let letters = "bcdfghjklmnpqrstvwxz2456789"
        return id.utf8.count == 10 && id != text && id.allSatisfy(letters.contains) ? String(id) : text
    }
}

import Backups

/// Backups of Cozystack's etcd-operator (before: aenix-io's). 0.4: `<resource>-<time>-rev<revision>.db` and
/// `<resource>-rev<revision>.db`; since 0.5 `<resource>.db`, with `<resource>.db.uid` beside it; `etcd-migrate` writes
/// `<namespace>-<cluster>-migration.db` (cozystack/etcd-operator 0.4.5 `internal/controller`, 0.5.4 `internal/agent`).
struct CozystackLayout: FileNames {
    let name = "cozystack"
    let summary = "backups of Cozystack's etcd-operator: RESOURCE-TIME-revREVISION.db or RESOURCE.db"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let shape = "<resource>.db"

    private let scheduledTime = NameForm("*-%Y%m%d-%H%M%S-rev%N.db")
    private let oneShot = NameForm("*-rev%N.db")
    private let migration = NameForm("*-migration.db")
    private let resource = NameForm("*.db")

    /// A resource may be called anything: its `.db` is known by the `.uid` beside it only.
    func match(_ folder: FolderView) -> LayoutMatch? {
        let isSure = folder.files.contains { file in
            if case .backup(let says) = parse(file) { return says.revision != nil || says.kind != nil }
            return false
        }
        if isSure { return LayoutMatch(.certain) }
        let hasUID = folder.files.contains { $0.hasSuffix(".db.uid") && folder.files.contains(String($0.dropLast(4))) }
        return hasUID ? LayoutMatch(.certain) : nil
    }

    func read(_ path: String) -> ParsedName? {
        if path.hasSuffix(".db.uid") { return .companion }
        let scheduled = scheduledTime.match(path)
        if let says = scheduled ?? oneShot.match(path), let digits = says.numbers.last {
            guard let revision = Int64(digits).flatMap({ Revision($0) }) else {
                return .ignored(reason: "its revision is beyond what etcd can count to")
            }
            let kind = scheduled == nil ? "one-shot" : "scheduled"
            return .backup(at: says, ParsedBackup(revision: revision, kind: kind))
        }
        if let says = migration.match(path) {
            return .backup(ParsedBackup(cluster: says.text, kind: "pre-migration"))
        }
        return resource.match(path).map { _ in .backup(ParsedBackup()) }
    }

    func companions(of path: String) -> [String] { [path + ".uid"] }
}

import Backups

/// Snapshots of k3s and RKE2: `<name>-<node>-<unix time>`, also packed as `.zip`. The name is `etcd-snapshot` for
/// scheduled ones and `on-demand` for others, unless a user chose one (k3s `pkg/etcd/snapshot.go`).
struct K3sLayout: FileNames, TimedSeries {
    let name = "k3s"
    let summary = "snapshots of k3s and RKE2: NAME-NODE-UNIXTIME, also with .zip"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.none
    let usualFolders = ["var/lib/rancher/k3s/server/db/snapshots/", "var/lib/rancher/rke2/server/db/snapshots/"]
    let shape = "<name>-<node>-<unix time>"

    private let form = NameForm("*-%s")

    /// A user's own name leaves open which part of it is the node's.
    func match(_ folder: FolderView) -> LayoutMatch? {
        // The files in it are called as the snapshots are.
        if folder.name == ".metadata" { return nil }
        var certainty: LayoutMatch.Certainty?
        for file in folder.files {
            guard case .backup(let says) = parse(file) else { continue }
            if says.kind != nil { return LayoutMatch(.certain) }
            certainty = .likely
        }
        return certainty.map { LayoutMatch($0) }
    }

    func meaning(ofFolder name: String) -> String {
        name == ".metadata" ? "it holds facts about the snapshots, and no snapshots" : "it is a folder"
    }

    func readOthers(_ path: String) -> ParsedName? { path.hasPrefix(".metadata/") ? .companion : nil }

    func read(_ path: String) -> ParsedName? {
        let (stem, encoding) = PackedName.split(path)
        guard ["", ".zip"].contains(encoding.nameEnding), let says = form.match(stem) else { return nil }
        var backup = ParsedBackup(encoding: encoding)
        for (prefix, kind) in [("etcd-snapshot-", "scheduled"), ("on-demand-", "on-demand")]
        where says.text.hasPrefix(prefix) && says.text != prefix {
            backup.node = String(says.text.dropFirst(prefix.count))
            backup.kind = kind
        }
        return .backup(at: says, backup)
    }

    /// In a bucket they lie in the folder of the snapshots, on a disk beside it.
    let neighbourFolder: NeighbourFolder? = NeighbourFolder(name: ".metadata", beside: "snapshots")

    func companions(of path: String) -> [String] { [".metadata/" + path] }

    func series(of name: String) -> String? {
        let stem = PackedName.split(name).stem
        // From 2001 to 2286 a time has ten digits, and those of a series stand in the order of their times.
        guard let says = form.match(stem), stem.utf8.count == says.text.utf8.count + 1 + 10 else { return nil }
        return says.text + "-"
    }
}

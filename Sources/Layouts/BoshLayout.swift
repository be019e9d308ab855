import Backups
import Text

/// What BOSH Backup and Restore writes for cfcr-etcd:
/// `<deployment>_<time>/bbr-etcd-cfcr-etcd-backup-one-restore-all.tar`, before cfcr-etcd 1.9.5
/// `<deployment>_<time>/<group>-<index>-bbr-etcd.tar`. `metadata` names its `finish_time` last
/// (cloudfoundry/bosh-backup-and-restore `orchestrator`, cfcr-etcd-release `jobs/bbr-etcd`).
struct BoshLayout: BackupFolders {
    let name = "bosh"
    let summary = "artifacts of BOSH Backup and Restore with cfcr-etcd: DEPLOYMENT_TIME/bbr-etcd-….tar"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.inNames
    let completion: CompletionFile? = CompletionFile(name: "metadata", text: "finish_time")
    let shape = "<deployment>_<time>/bbr-etcd-cfcr-etcd-backup-one-restore-all.tar"
    let folderForms = [NameForm("*_%Y%m%dT%H%M%SZ")]

    private static let instance = "service-instance_"
    private let member = NameForm("*-bbr-etcd.tar")

    /// Backups of any deployment are called so: only what is in one shows that it has an etcd.
    func match(_ folder: FolderView) -> LayoutMatch? {
        guard holdsBackups(folder.name) else { return nil }
        let isEtcds = folder.files.contains { isBackup("\(folder.name)/\($0)") }
        return isEtcds ? LayoutMatch(.certain, isInsideBackupFolder: true) : nil
    }

    func likelyFolders(in folder: FolderView) -> [String] { folder.folders.filter(holdsBackups) }

    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName? {
        if file == "metadata" || file == "manifest.yml" { return .companion }
        let deployment =
            says.text.hasPrefix(Self.instance) && OmniLayout.isUUID(String(says.text.dropFirst(Self.instance.count)))
            ? String(says.text.dropFirst(Self.instance.count)) : says.text
        let encoding = BackupEncoding(name: "tar", nameEnding: ".tar")
        if file == "bbr-etcd-cfcr-etcd-backup-one-restore-all.tar" {
            return .backup(at: says, ParsedBackup(name: folder, cluster: deployment, encoding: encoding))
        }
        if let instance = member.match(file), !file.hasSlash {
            return .backup(at: says, ParsedBackup(cluster: deployment, node: instance.text, encoding: encoding))
        }
        return file.hasSuffix(".tar") ? .ignored(reason: "it is another job's: no etcd snapshot") : nil
    }

    func companions(of path: String) -> [String] {
        guard let sign = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { return [] }
        return ["metadata", "manifest.yml"].map { path[...sign] + $0 }
    }
}

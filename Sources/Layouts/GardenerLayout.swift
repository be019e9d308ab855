import Backups
import Text

/// Snapshots of Gardener's etcd-backup-restore: `<Full or Incr>-<first revision>-<last revision>-<unix time>`, packed
/// or not (gardener/etcd-backup-restore 0.43 `pkg/snapstore`). Before 0.13 they lie in folders `Backup-<unix time>`.
struct GardenerLayout: FileNames, BackupsAmongDeltas {
    let name = "gardener"
    let summary = "snapshots of Gardener's etcd-backup-restore: Full-FIRST-LAST-UNIXTIME, and the changes since"
    let order = BackupOrder.byRevision
    let clusterNaming = ClusterNaming.none
    /// The second are those from before 0.13, in a folder that the etcd operator's backups have, too.
    let landmarks = ["v2/Full-", "v1/Backup-"]
    let topFolder = "v2/"
    let usualFolders = ["root/default.bkp/v2/", "home/nonroot/default.bkp/v2/"]
    /// Its restore takes what was written first, whatever was written or deleted after it.
    let oldestVersionCounts = true
    let shape = "Full-<first revision>-<last revision>-<unix time>"

    let backupPrefix = "Full-"
    let deltaPrefix = "Incr-"

    /// Names have eight digits of a revision, and more where it needs them: those with one more sort before the others.
    func start(ofDeltasSince revision: Revision) -> String? {
        var limit: Int64 = 100_000_000
        while limit <= revision.value, limit < .max / 10 { limit *= 10 }
        // The changes since may go beyond it.
        if revision.value >= limit - limit / 10 { return nil }
        let digits = String(revision.value)
        return "Incr-" + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }

    private let full = NameForm("Full-%N-%N-%s")
    private let incremental = NameForm("Incr-%N-%N-%s")
    private let folderForm = NameForm("Backup-%s")
    private let chunk = NameForm("*/%N")

    func holdsBackups(_ folder: String) -> Bool { folderForm.match(folder) != nil }

    func match(_ folder: FolderView) -> LayoutMatch? {
        if folder.landmarks.contains("v2/Full-") { return LayoutMatch(.certain, folder: "v2/") }
        if folder.landmarks.contains("v1/Backup-") { return LayoutMatch(.certain, folder: "v1/") }
        if folder.files.contains(where: { isBackup($0) || isDelta($0) }) {
            return LayoutMatch(.certain, isInsideBackupFolder: holdsBackups(folder.name))
        }
        return folder.folders.contains(where: holdsBackups) ? LayoutMatch(.certain) : nil
    }

    private func isDelta(_ path: String) -> Bool {
        if case .delta = parse(path) { true } else { false }
    }

    func meaning(ofFolder name: String) -> String {
        says(name) == nil ? "it is a folder" : "it holds parts of a snapshot that is not put together"
    }

    func readOthers(_ path: String) -> ParsedName? {
        guard let name = chunk.match(path)?.text, says(PathParts(name).name) != nil else { return nil }
        return .ignored(reason: "it is a part of a snapshot that is not put together")
    }

    func read(_ path: String) -> ParsedName? {
        guard let (says, encoding, isFull, isFinal) = says(PathParts(path).name) else { return nil }
        guard let last = Int64(says.numbers[1]).flatMap({ Revision($0) }) else {
            return .ignored(reason: "its revision is beyond what etcd can count to")
        }
        guard isFull else {
            return says.hasImpossibleTime ? .impossibleTime : .delta(ParsedDelta(lastRevision: last, time: says.time))
        }
        let kind = isFinal ? "final" : "full"
        return .backup(at: says, ParsedBackup(revision: last, kind: kind, encoding: encoding))
    }

    private func says(_ file: String) -> (NameMatch, BackupEncoding, isFull: Bool, isFinal: Bool)? {
        let isFinal = file.hasSuffix(".final")
        let packed = isFinal ? String(file.dropLast(".final".count)) : file
        let (stem, encoding) = PackedName.split(packed)
        let isFull = stem.hasPrefix("Full-")
        guard ["", ".gz", ".zlib", ".Z"].contains(encoding.nameEnding),
            let says = (isFull ? full : incremental).match(stem), says.numbers.allSatisfy({ $0.utf8.count >= 8 })
        else { return nil }
        guard isFinal, encoding != .raw else { return (says, encoding, isFull, isFinal) }
        let ending = encoding.nameEnding + ".final"
        return (says, BackupEncoding(name: encoding.name, nameEnding: ending), isFull, isFinal)
    }
}

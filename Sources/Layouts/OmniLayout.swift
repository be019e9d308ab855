import Backups
import FoundationEssentials
import Text

/// Backups of Omni: `<cluster's UUID>/<16 hexadecimal digits>.snapshot`. The digits are minus the unix time, so that
/// the newest sorts first (siderolabs/omni `etcdbackup/store`). Omni encrypts them with keys of its own.
struct OmniLayout: FileNames {
    let name = "omni"
    let summary = "backups of Omni: CLUSTER-UUID/NUMBER.snapshot, encrypted"
    let order = BackupOrder.byTime
    let clusterNaming = ClusterNaming.folders
    let shape = "<16 hexadecimal digits>.snapshot"

    private static let ending = ".snapshot"

    func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains(where: isBackup) ? LayoutMatch(.certain, isInsideBackupFolder: true) : nil
    }

    /// A UUID may name anything.
    func likelyFolders(in folder: FolderView) -> [String] { folder.folders.filter(Self.isUUID) }

    func reasonAgainst(cluster: String) -> String? {
        Self.isUUID(cluster) ? nil : "its name is not a cluster's UUID"
    }

    func read(_ path: String) -> ParsedName? {
        guard path.hasSuffix(Self.ending), case let digits = path.utf8.dropLast(Self.ending.utf8.count),
            digits.count == 16, digits.allSatisfy({ $0.isHexadecimalDigit && !(97...102).contains($0) }),
            let number = UInt64(Substring(digits), radix: 16)
        else { return nil }
        let time = 0 &- Int64(bitPattern: number)
        guard (0...253_402_300_799).contains(time) else { return .impossibleTime }
        return .backup(
            ParsedBackup(
                time: Date(timeIntervalSince1970: Double(time)),
                encoding: BackupEncoding(name: "age", nameEnding: "")
            )
        )
    }

    /// Whether it has the form `01234567-89ab-cdef-0123-456789abcdef`.
    static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isHexadecimalDigit) }
    }
}

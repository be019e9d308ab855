public import Backups
import Text

/// The layout of the etcd operator's backups up to 0.7: `v1/<cluster>/<version>_<revision>_etcd.backup`, the revision
/// as 16 hexadecimal digits (etcd operator v0.3.3 `pkg/backup/util.go`, `makeBackupName`). In a bucket also
/// `v1/<namespace>/<cluster>/…`, since 0.2.6 (`pkg/backup/s3/s3.go`).
public struct OperatorLayout: SortedNames {
    public let name = "operator"
    public let summary = "backups of the etcd operator's sidecar: v1/CLUSTER/VERSION_REVISION_etcd.backup"
    public let order = BackupOrder.byRevision
    public let clusterNaming = ClusterNaming.folders
    public let mayHaveNamespaces = true
    public let landmarks = ["v1/"]
    public let topFolder = "v1/"
    public let usualFolders = ["var/etcd-backup/"]
    public let unfinishedFolder: String? = "tmp/"

    public init() {}

    public func match(_ folder: FolderView) -> LayoutMatch? {
        // Gardener's older folders lie in a v1, too.
        let isGardeners = folder.landmarks.contains("v1/Backup-") || folder.folders.contains { $0.hasPrefix("Backup-") }
        if isGardeners { return nil }
        if folder.landmarks.contains("v1/") { return LayoutMatch(.certain, folder: "v1/") }
        if folder.name == "v1" { return LayoutMatch(.certain) }
        if folder.files.contains(where: isBackup) { return LayoutMatch(.certain, isInsideBackupFolder: true) }
        guard folder.path.dropLast().last == "v1" else { return nil }
        let isNamespace = folder.folders.contains { $0 + "/" != unfinishedFolder }
        return isNamespace ? LayoutMatch(.certain) : nil
    }

    private func isBackup(_ name: String) -> Bool {
        if case .backup = parse(name) { true } else { false }
    }

    private static let ending = "_etcd.backup"

    public func parse(_ name: String) -> ParsedName {
        guard name.hasSuffix(Self.ending) else {
            return .ignored(reason: "its name does not end in \(Self.ending)", hasOtherForm: true)
        }
        let stem = name.utf8.dropLast(Self.ending.utf8.count)
        guard let sign = stem.firstIndex(of: UInt8(ascii: "_")),
            case let digits = stem[stem.index(after: sign)...], !digits.contains(UInt8(ascii: "_"))
        else {
            return .ignored(reason: "its name is not <version>_<revision>\(Self.ending)")
        }
        let writtenVersion = Substring(stem[..<sign])
        guard let version = EtcdVersion(writtenVersion) else {
            return .ignored(reason: "'\(String(writtenVersion).printable)' is not an etcd version")
        }
        // Lower case only, as the operator writes it.
        guard digits.allSatisfy({ $0.isHexadecimalDigit && !(65...70).contains($0) }) else {
            return .ignored(reason: "its revision is not written in lower-case hexadecimal digits")
        }
        guard digits.count == 16 else {
            return .ignored(reason: "its revision has \(digits.count) digits, not 16")
        }
        guard let revision = Revision(sixteenDigits: Substring(digits)) else {
            return .ignored(reason: "its revision is beyond what etcd can count to")
        }
        return .backup(ParsedBackup(version: version, revision: revision))
    }

    public func name(of backup: ParsedBackup) -> String? {
        guard let version = backup.version, let revision = backup.revision, backup.encoding == .raw else { return nil }
        return "\(version)_\(revision.sixteenDigits)\(Self.ending)"
    }

    // MARK: - Its names sort

    /// One version can be written in several ways (`3.1`, `v3.1`): each is a group.
    public let pattern = NamePattern(
        separator: UInt8(ascii: "_"),
        radix: 16,
        digitCount: 16,
        ending: Self.ending,
        groupRanges: [.init(after: "0", through: ":"), .init(after: "v0", through: "v:")],
        likelyGroups: ["2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "4"]
    )

    public func group(_ text: String) -> NameGroup? {
        EtcdVersion(text).map { NameGroup(version: $0) }
    }

    public func number(of backup: Backup) -> Int64? { backup.revision?.value }

    public func reasonAgainst(cluster: String) -> String? {
        if cluster == "lost+found" { return "it belongs to the file system" }
        if cluster.isEmpty || cluster.hasPrefix(".") || cluster.hasSlash || cluster.printable != cluster {
            return "no cluster can be called so"
        }
        return nil
    }
}

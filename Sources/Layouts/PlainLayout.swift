public import Backups
import Text

/// Snapshot files as a cron job or `etcdctl snapshot save` leaves them in one folder: `*.db`, `*.snap` and
/// `*.snapshot`, each also with the ending of an encoding behind it, and archives; also in folders that are called by a
/// date. Their names say neither revision nor version nor cluster.
public struct PlainLayout: Layout {
    public let name = "plain"
    public let summary = "snapshot files in one folder: *.db, *.snap, also packed as *.db.gz or *.tar.gz"
    public let order = BackupOrder.byTime
    public let clusterNaming = ClusterNaming.none

    private let encodings: [BackupEncoding]

    /// - Parameter encodings: Those that a file may have, besides none.
    public init(encodings: [BackupEncoding]) {
        self.encodings = encodings
    }

    private static let endings = [".db", ".snap", ".snapshot"]
    private static let dates = [NameForm("%Y-%m-%d"), NameForm("%Y-%m-%d*"), NameForm("%Y%m%d"), NameForm("%Y%m%d*")]

    public func holdsBackups(_ folder: String) -> Bool {
        guard let says = Self.dates.match(folder), says.time != nil else { return false }
        return says.text.utf8.allSatisfy { $0.isASCIIDigit || "-_:.TZ".utf8.contains($0) }
    }

    /// Scripts for clusters of kubeadm often copy the certificates as well.
    private static let certificates = "pki/"

    public func companions(of path: String) -> [String] {
        guard let sign = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return [Self.certificates] }
        return [path[...sign] + Self.certificates]
    }

    public func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains { if case .backup = parse($0) { true } else { false } } ? LayoutMatch(.fallback) : nil
    }

    public func explanation(of folder: FolderView) -> String? { ForeignStore.recognise(folder) }

    public func parse(_ path: String) -> ParsedName {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if path.isEmpty { return .ignored(reason: "it is the marker object of the folder") }
        if parts.count > 2 || parts.count == 2 && !holdsBackups(String(Substring(parts[0]))) {
            return .ignored(reason: "it is in a folder")
        }
        let name = parts.last.map { String(Substring($0)) } ?? path
        if name.hasPrefix(".") { return .ignored(reason: "it is hidden") }
        if path.printable != path { return .ignored(reason: "its name has characters that can't be shown") }
        if name.hasSuffix(".part") { return .ignored(reason: "it is unfinished") }
        let encoding = encodings.encoding(ofFileNamed: name)
        let stem = name.dropLast(encoding.nameEnding.count)
        let isArchive = encoding.nameEnding.hasPrefix(".tar") || encoding.nameEnding == ".tgz"
        guard isArchive && !stem.isEmpty || Self.endings.contains(where: stem.hasSuffix) else {
            return .ignored(reason: "its name does not end in .db, .snap or .snapshot, nor in the ending of an archive")
        }
        return .backup(ParsedBackup(encoding: encoding))
    }
}

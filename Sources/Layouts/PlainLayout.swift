public import Backups
import Text

/// Snapshot files as a cron job or `etcdctl snapshot save` leaves them in one folder: `*.db` and `*.snap`, each also with
/// the ending of an encoding behind it. Their names say neither revision nor version nor cluster.
public struct PlainLayout: Layout {
    public let name = "plain"
    public var summary: String {
        let encoded = encodings.map(\.nameEnding).joined(separator: " or ")
        return "snapshot files in one folder: *.db, *.snap" + (encoded.isEmpty ? "" : ", also with \(encoded)")
    }
    public let order = BackupOrder.byTime
    public let clusterNaming = ClusterNaming.none

    private let encodings: [BackupEncoding]

    /// - Parameter encodings: Those that a file may have, besides none.
    public init(encodings: [BackupEncoding]) {
        self.encodings = encodings
    }

    private static let endings = [".db", ".snap"]

    public func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains { if case .backup = parse($0) { true } else { false } } ? LayoutMatch(.fallback) : nil
    }

    public func parse(_ name: String) -> ParsedName {
        if name.isEmpty { return .ignored(reason: "it is the marker object of the folder") }
        if name.contains("/") { return .ignored(reason: "it is in a folder") }
        if name.hasPrefix(".") { return .ignored(reason: "it is hidden") }
        if name.printable != name { return .ignored(reason: "its name has characters that can't be shown") }
        let encoding = encodings.encoding(ofFileNamed: name)
        let stem = name.dropLast(encoding.nameEnding.count)
        guard Self.endings.contains(where: stem.hasSuffix) else {
            return .ignored(reason: "its name does not end in \(endings)")
        }
        return .backup(ParsedBackup(encoding: encoding))
    }

    /// `.db, .snap, .db.gz or .snap.gz`
    private var endings: String {
        let all = Self.endings + encodings.flatMap { encoding in Self.endings.map { $0 + encoding.nameEnding } }
        return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
    }

}

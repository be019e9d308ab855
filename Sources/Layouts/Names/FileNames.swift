import Backups
import Text

/// A layout that goes by the names of files, after what no layout takes for a backup is sorted out.
protocol FileNames: Layout {
    /// What the names of its backups look like: `<cluster>-<time>.snap`.
    var shape: String { get }

    /// What a file is, by its path: no part of it is hidden, unfinished or unprintable.
    ///
    /// - Returns: `nil` where it has another form than `shape`.
    func read(_ path: String) -> ParsedName?

    /// What a file is that is no backup whatever its form, by its path; `nil` for all others.
    func readOthers(_ path: String) -> ParsedName?
}

extension FileNames {
    func readOthers(_ path: String) -> ParsedName? { nil }

    func parse(_ path: String) -> ParsedName {
        if let other = readOthers(path) { return other }
        if let reason = reasonAgainst(path) { return .ignored(reason: reason) }
        return read(path) ?? .ignored(reason: "its name is not \(shape)", hasOtherForm: true)
    }

    func match(_ folder: FolderView) -> LayoutMatch? {
        folder.files.contains(where: isBackup) ? LayoutMatch(.certain) : nil
    }

    func isBackup(_ path: String) -> Bool {
        if case .backup = parse(path) { true } else { false }
    }

    /// Why a path is no backup's, whatever the layout.
    private func reasonAgainst(_ path: String) -> String? {
        if path.isEmpty { return "it is the marker object of the folder" }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { return "it is a folder" }
        if path.printable != path { return "its name has characters that can't be shown" }
        if path.hasSuffix(".part") || path.hasSuffix(".tmp") { return "it is unfinished" }
        if parts.contains(where: { $0.first == UInt8(ascii: ".") }) { return "it is hidden" }
        guard parts.count > 1, let folder = parts.first else { return nil }
        if parts.contains(where: \.isEmpty) { return "its path has an empty part" }
        return holdsBackups(String(Substring(folder))) ? nil : "it is in a folder"
    }
}

extension ParsedName {
    /// A name of the right form, but of a month 13 or an hour 25.
    static let impossibleTime = ParsedName.ignored(reason: "the time in its name does not exist")

    /// A backup, unless the time in its name does not exist.
    static func backup(at found: NameMatch, _ parsed: ParsedBackup) -> ParsedName {
        if found.hasImpossibleTime { return .impossibleTime }
        var parsed = parsed
        parsed.time = found.time
        return .backup(parsed)
    }
}

import Backups

/// A layout whose backups lie in folders of their own, which have the time in their names.
protocol BackupFolders: FileNames {
    /// How the folders are called.
    var folderForms: [NameForm] { get }

    /// What a file in such a folder is.
    ///
    /// - Parameters:
    ///   - file: Its path in the folder.
    ///   - folder: The folder's name.
    ///   - says: What the folder's name says.
    /// - Returns: `nil` where it has another form than `shape`.
    func read(_ file: Substring, in folder: String, _ says: NameMatch) -> ParsedName?
}

extension BackupFolders {
    func holdsBackups(_ folder: String) -> Bool { folderForms.match(folder) != nil }

    func match(_ folder: FolderView) -> LayoutMatch? {
        if folder.folders.contains(where: holdsBackups) { return LayoutMatch(.certain) }
        return holdsBackups(folder.name) ? LayoutMatch(.certain, isInsideBackupFolder: true) : nil
    }

    func read(_ path: String) -> ParsedName? { read(inFolder: path) }

    /// What a file is, by its path: the folder's name, and its path in that.
    func read(inFolder path: String) -> ParsedName? {
        guard let sign = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let folder = String(path[..<sign])
        guard let says = folderForms.match(folder) else { return nil }
        return read(path[path.utf8.index(after: sign)...], in: folder, says)
    }
}

import Text

extension Backup {
    /// What a file with the snapshot in it is called, where a user names none: as the backup, in one part. A `:` is no
    /// part of a file's name everywhere (FAT, CIFS), and for scp, rsync and tar it follows the name of a machine.
    public var snapshotFileName: String {
        Self.fileName(snapshotName).utf8.map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "-") : $0 }.text
    }

    /// What a file with the bytes as they are stored is called: what takes such a file may go by its name, so that all
    /// of it is kept, and the ending of its encoding is never missing.
    public var storedFileName: String {
        Self.fileName(name.hasSuffix(encoding.nameEnding) ? name : name + encoding.nameEnding)
    }

    /// Of most file systems, with room for what a download puts around it.
    private static let maxFileNameByteCount = 220

    /// One name of a path: its folders tell backups apart that are called the same.
    private static func fileName(_ path: String) -> String {
        let names = PathParts.names(in: path)
        let whole = names.joined(separator: "_")
        return whole.utf8.count <= maxFileNameByteCount ? whole : names.last ?? whole
    }
}

extension [UInt8] {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

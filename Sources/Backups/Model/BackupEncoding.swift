/// What the stored bytes of a backup are: the snapshot itself, or something that a codec decodes first. Each codec brings
/// its own.
public struct BackupEncoding: Sendable, Hashable {
    /// What it is called: `gzip`.
    public let name: String
    /// What the name of a file ends in that is encoded so: `.gz`.
    public let nameEnding: String

    public init(name: String, nameEnding: String) {
        self.name = name
        self.nameEnding = nameEnding
    }

    /// The snapshot as etcd sent it.
    public static let raw = BackupEncoding(name: "raw", nameEnding: "")
}

extension BackupEncoding: CustomStringConvertible {
    public var description: String { name }
}

extension [BackupEncoding] {
    /// The one that the ending of a file's name says; `raw` where it says none.
    public func encoding(ofFileNamed name: String) -> BackupEncoding {
        first { $0 != .raw && name.hasSuffix($0.nameEnding) } ?? .raw
    }
}

extension Backup {
    /// The name of the snapshot in it: its own, without the ending of its encoding.
    public var snapshotName: String {
        name.hasSuffix(encoding.nameEnding) ? String(name.dropLast(encoding.nameEnding.count)) : name
    }

    /// The size in bytes of the snapshot in it, where it is known before any of it is read.
    public var snapshotByteCount: Int64? { encoding == .raw ? byteCount : nil }
}

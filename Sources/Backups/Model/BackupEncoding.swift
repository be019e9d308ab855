/// What the name of a backup says of its stored bytes: they are the snapshot itself, or something that codecs decode
/// first, one or several. Each codec brings its own.
public struct BackupEncoding: Sendable, Hashable {
    /// What its outermost layer is called: `gzip`.
    public let name: String
    /// What the name of a file ends in that is encoded so, for all layers: `.gz`, `.tar.gz`.
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
    /// What the endings of a file's name say: the outermost layer, and the endings of all.
    public func encoding(ofFileNamed name: String) -> BackupEncoding {
        var stem = name[...]
        var outermost: BackupEncoding?
        while let layer = first(where: { !$0.nameEnding.isEmpty && stem.hasSuffix($0.nameEnding) }) {
            stem = stem.dropLast(layer.nameEnding.count)
            outermost = outermost ?? layer
        }
        guard let outermost else { return .raw }
        return BackupEncoding(name: outermost.name, nameEnding: String(name[stem.endIndex...]))
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

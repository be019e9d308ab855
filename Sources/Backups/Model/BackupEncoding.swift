/// What the stored bytes of a backup are: the snapshot itself, or something to decode first.
public enum BackupEncoding: String, Sendable, Hashable, CaseIterable {
    /// The snapshot as etcd sent it.
    case raw
    /// Compressed by gzip (RFC 1952).
    case gzip

    /// What the name of a file ends in that is encoded so.
    public var nameEnding: String {
        switch self {
        case .raw: ""
        case .gzip: ".gz"
        }
    }

    /// As the ending of a file's name says.
    public init(ofFileNamed name: String) {
        self = Self.allCases.first { $0 != .raw && name.hasSuffix($0.nameEnding) } ?? .raw
    }
}

extension BackupEncoding: CustomStringConvertible {
    public var description: String { rawValue }
}

extension Backup {
    /// The name of the snapshot in it: its own, without the ending of its encoding.
    public var snapshotName: String {
        name.hasSuffix(encoding.nameEnding) ? String(name.dropLast(encoding.nameEnding.count)) : name
    }

    /// The size in bytes of the snapshot in it, where it is known before any of it is read.
    public var snapshotByteCount: Int64? { encoding == .raw ? byteCount : nil }
}

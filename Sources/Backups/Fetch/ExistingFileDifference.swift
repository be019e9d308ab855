public import Snapshot
import Text

/// Why a file under a download's destination is not known to be the backup.
public enum ExistingFileDifference: Error, Sendable, Equatable {
    case link
    case notRegular
    case otherOwner
    /// `mode` has the permission bits of `chmod`.
    case writableByOthers(mode: UInt32)
    case unreadable(reason: String)
    /// In bytes.
    case size(own: Int64, backup: Int64)
    /// A source that has no exact size reports about so many bytes.
    case approximateSize(own: Int64, backup: Int64)
    /// An encoded backup decodes to more.
    case smaller(own: Int64)
    case firstBytes(count: Int)
    case lastBytes(count: Int)
    /// The first byte that differs from the snapshot in the backup.
    case content(offset: Int64)
    /// It keeps the bytes as they are stored, and can't be decoded.
    case undecodable(reason: String)
    /// The backup's last bytes could not be read from its source.
    case backupUnreadable(reason: String)
    case unsound(SnapshotProblem)
    case revision(own: Int64, backup: Revision)
    /// `own` is the version that the cluster had agreed on; `nil` where the file does not contain it.
    case version(own: String?, backup: EtcdVersion)
    case changed
}

extension ExistingFileDifference: CustomStringConvertible {
    /// The second half of a sentence: `it is a link`.
    public var description: String {
        switch self {
        case .link: "it is a link"
        case .notRegular: "it is not a regular file"
        case .otherOwner: "it belongs to another user"
        case .writableByOthers(let mode): "others may write to it (mode \(String(mode, radix: 8)))"
        case .unreadable(let reason): "it cannot be read: \(reason)"
        case .size(let own, let backup): "it has \(own) bytes, the backup has \(backup)"
        case .approximateSize(let own, let backup): "it has \(own) bytes, the backup has about \(backup)"
        case .smaller(let own): "it has \(own) bytes, the backup has more"
        case .firstBytes(let count): "its first \(count) bytes are not those of the backup"
        case .undecodable(let reason): "it cannot be decoded: \(reason)"
        case .lastBytes(let count): "its last \(count) bytes are not those of the backup"
        case .content(let offset): "it differs from the backup at byte \(offset)"
        case .backupUnreadable(let reason): "the backup cannot be compared: \(reason)"
        case .unsound(let problem): "it is not sound: \(problem)"
        case .revision(let own, let backup): "it has revision \(own), the backup has \(backup.value)"
        case .version(let own?, let backup):
            "its cluster ran etcd \(own.printable), the backup is of etcd \(backup)"
        case .version(nil, _): "it does not say which etcd wrote it"
        case .changed: "it was changed while it was read"
        }
    }
}

package import Backups
import Text

/// Why a world can't be built.
package enum WorldError: UserError, Equatable {
    case unknownContent(String)
    case cannotGrow(content: String, reason: String)
    case unreadable(content: String, reason: String)
    case cannotWrite(path: String, reason: String)
    /// A data directory of the world can't be made.
    case dataDirectory(path: String, reason: String)
    case unknownBackup(id: String)
    /// Neither the drill nor the file says which etcd wrote a backup.
    case unknownVersion(content: String)

    package var code: String {
        switch self {
        case .unknownContent: "drill.unknown-content"
        case .cannotGrow: "drill.cannot-grow"
        case .unreadable: "drill.unreadable-content"
        case .cannotWrite: "drill.cannot-write"
        case .dataDirectory: "drill.data-directory"
        case .unknownBackup: "drill.unknown-backup"
        case .unknownVersion: "drill.unknown-version"
        }
    }

    package var category: ErrorCategory { .failed }

    package var description: String {
        switch self {
        case .unknownContent(let name): "cannot build the drill: there is no snapshot called '\(name.printable)'"
        case .cannotGrow(let content, let reason):
            "cannot make the snapshot \(content.printable) larger: \(reason)"
        case .unreadable(let content, let reason): "cannot read the snapshot \(content.printable): \(reason)"
        case .cannotWrite(let path, let reason): "cannot write \(path.printable): \(reason.printable)"
        case .dataDirectory(let path, let reason):
            "cannot make the data directory \(path.printable): \(reason.printable)"
        case .unknownBackup(let id): "cannot build the drill: it has no backup '\(id.printable)'"
        case .unknownVersion(let content):
            "cannot build the drill: the file \(content.printable) does not say which etcd wrote it"
        }
    }

    package var nextStep: NextStep? {
        switch self {
        case .unknownVersion: "write the version beside it: 'etcd: 3.4.23'"
        default: nil
        }
    }
}

import Backups
import Files
import Glibc
import Text

/// Why a data directory does not say what it was asked.
enum DataDirectoryError: UserError, Hinting, Equatable {
    /// There is no `member/snap/db` in it.
    case noDatabase(_ path: String)
    case notFolder(_ path: String)
    /// There is no log in `member/wal`, or where else it was looked for.
    case noLog(_ path: String)
    /// - Parameter name: The log, or its folder.
    case unreadableLog(_ path: String, name: String, SystemError)
    /// It does not begin as a log of etcd.
    case noLogOfEtcd(_ path: String, name: String)

    var code: String {
        switch self {
        case .noDatabase, .notFolder, .noLog: "data-directory.not-found"
        case .unreadableLog, .noLogOfEtcd: "data-directory.unreadable"
        }
    }

    var category: ErrorCategory {
        switch self {
        case .noDatabase, .notFolder, .noLog: .notFound
        case .unreadableLog(_, _, let error): [EACCES, EPERM].contains(error.code) ? .unreachable : .failed
        case .noLogOfEtcd: .unsound
        }
    }

    var description: String {
        switch self {
        case .noDatabase(let path): Self.unreadable(path) + "member/snap/db is not there"
        case .notFolder(let path): Self.unreadable(path) + "it is no folder"
        case .noLog(let path):
            Self.unreadable(path) + "no log is in member/wal; one in another place (--wal-dir) is known only after"
                + " 'restore' in the same session"
        case .unreadableLog(let path, let name, let error):
            Self.unreadable(path) + "cannot read \(name.printable): \(error)"
        case .noLogOfEtcd(let path, let name):
            Self.unreadable(path) + "\(name.printable) does not begin as a log of etcd"
        }
    }

    private static func unreadable(_ path: String) -> String { "cannot read the data directory \(path.printable): " }

    var hint: NextStep? {
        switch self {
        case .noDatabase, .notFolder, .noLog: "name the folder that 'member' lies in"
        case .unreadableLog, .noLogOfEtcd: nil
        }
    }
}

public import Backups
import Text

/// Why the backup server could not begin.
public enum ServerError: UserError, Equatable {
    case cannotListen(ListenAddress, reason: String)
    /// It ended without having been asked to.
    case stopped(ListenAddress)
    /// No copy of a backup could be kept in a folder.
    case unusableSpoolFolder(String, reason: String)
    /// A file for TLS that can't be used.
    case unusableFile(path: String, reason: String)

    public var code: String {
        switch self {
        case .cannotListen: "server.cannot-listen"
        case .stopped: "server.stopped"
        case .unusableSpoolFolder: "server.spool-folder"
        case .unusableFile: "server.tls-file"
        }
    }

    public var category: ErrorCategory { .failed }

    public var description: String {
        switch self {
        case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
        case .stopped(let address): "cannot listen on \(address) any more: its socket was closed"
        case .unusableSpoolFolder(let path, let reason): "cannot keep copies in \(path.printable): \(reason)"
        case .unusableFile(let path, let reason): "cannot serve with \(path.printable): \(reason)"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .cannotListen: "name another address: \(setting: "listen", "HOST:PORT")"
        case .stopped: "start it again"
        case .unusableSpoolFolder: "name a folder that you can write to: \(setting: "spool-dir", "DIR")"
        case .unusableFile: "the certificate and its key must be PEM files, the key without a password"
        }
    }
}

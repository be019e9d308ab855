import Backups
import Text

/// Why a session can't be recorded.
enum RecordingError: UserError, Hinting {
    case exists(path: String)
    case cannotWrite(path: String, reason: String)
    /// The choice of a backup can't be fixed.
    case cannotPin(path: String, backup: String, reason: String)

    var code: String {
        switch self {
        case .exists: "record.exists"
        case .cannotWrite: "record.write-failed"
        case .cannotPin: "record.not-pinned"
        }
    }

    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .exists(let path): "cannot record to \(path.printable): there is such a file already"
        case .cannotWrite(let path, let reason): "cannot record to \(path.printable): \(reason)"
        case .cannotPin(let path, let backup, let reason):
            "cannot record to \(path.printable): the choice of \(backup.printable) can't be fixed: \(reason)"
        }
    }

    var hint: NextStep? {
        switch self {
        case .exists: "choose another name, or replace it with --force"
        case .cannotWrite: nil
        case .cannotPin: "leave out --pinned, or pick another backup"
        }
    }
}

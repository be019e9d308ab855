import Backups

/// Why a command of the system's shell failed.
enum SystemShellError: UserError, Equatable {
    case cannotRun(reason: String)
    case ended(exitCode: Int32)

    var code: String { "system-shell.failed" }
    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .cannotRun(let reason): "cannot run the shell command: \(reason)"
        case .ended(let exitCode): "the shell command ended with exit code \(exitCode)"
        }
    }
}

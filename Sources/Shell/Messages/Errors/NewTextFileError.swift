import Backups
import Text

/// Why a file could not be written.
struct NewTextFileError: UserError {
    let path: String
    let reason: String

    var code: String { "file.write-failed" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot write \(path.printable): \(reason)" }
}

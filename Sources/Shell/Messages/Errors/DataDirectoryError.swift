import Backups
import Text

/// Why a data directory does not say what it was asked.
struct DataDirectoryError: UserError, Hinting {
    var path: String
    var reason: String
    var isMissing = false

    var code: String { isMissing ? "data-directory.not-found" : "data-directory.unreadable" }
    var category: ErrorCategory { isMissing ? .notFound : .unsound }
    var description: String { "cannot read the data directory \(path.printable): \(reason.printable)" }
    var hint: NextStep? { isMissing ? "name the folder that 'member' lies in" : nil }
}

import Backups
import Text

/// A path whose file system does not respond.
struct PathFailure: UserError, Hinting {
    var path: String
    var reason: String

    var code: String { "path.not-answering" }
    var category: ErrorCategory { .unreachable }
    var description: String { "cannot look into \(path.printable): \(reason.printable)" }
    var hint: NextStep? { "look at the mount and its server: \(.run("findmnt"))" }
}

import Backups
import Text

/// That two files differ, for those who asked for an exit code.
struct FilesDiffer: UserError {
    let first: String
    let second: String
    let sum: DifferenceSum

    var code: String { "diff.different" }
    var category: ErrorCategory { .failed }
    var description: String { "\(first.printable) and \(second.printable) differ: \(sum.text)" }
}

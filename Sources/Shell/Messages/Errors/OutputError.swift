import Backups

/// Data that could not be written, for example to a full disk.
struct OutputError: UserError {
    var reason: String

    var code: String { "output.write-failed" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot write to standard output: \(reason)" }
}

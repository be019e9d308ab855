import Backups

/// A request was cancelled, but not by the user.
struct DroppedCall: UserError, Hinting {
    var code: String { "request.dropped" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot continue: a request was cancelled before its response came" }
    var hint: NextStep? { "try again" }
}

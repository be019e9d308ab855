import Backups

/// A value that only a run could find, and that the command does not take.
struct UnusableValue: UserError, Hinting {
    let mistake: UsageError

    var code: String { mistake.code }
    var category: ErrorCategory { .failed }
    var description: String { "cannot run this: \(mistake.message)" }
    var hint: NextStep? { mistake.hint.map(NextStep.init(stringLiteral:)) }
}

import Backups

/// A mistake in the script itself, whatever the outside world is like. The check finds most of them before anything
/// runs. Where a word depends on a run-time value, it becomes an `UnusableValue`, which `||` catches.
struct UsageError: Error {
    /// The stable code for programs.
    let code = "script.bad-value"
    var message: String
    var hint: String?
    /// Whether it is about a secret. That is given by a person, not found by a run: `||` never catches it.
    var isOfSecret: Bool

    init(_ message: String, hint: String? = nil, isOfSecret: Bool = false) {
        self.message = message
        self.hint = hint
        self.isOfSecret = isOfSecret
    }
}

/// Something a command needs that no earlier command provided.
struct UnmetNeed: UserError, Hinting {
    var need: Need
    let hint: NextStep?

    init(_ need: Need, _ commands: CommandTable) {
        self.need = need
        hint = NextStep(stringLiteral: need.nextStep(commands.sources))
    }

    var code: String { "script.unmet-need" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot run this: \(need.absence)" }
}

/// A request was cancelled, but not by the user.
struct DroppedCall: UserError, Hinting {
    var code: String { "request.dropped" }
    var category: ErrorCategory { .failed }
    var description: String { "cannot continue: a request was cancelled before its response came" }
    var hint: NextStep? { "try again" }
}

/// An `expect` that failed, or a step that was not confirmed: exit code 3.
struct UnmetExpectation: Error {
    var message: String
    /// The stable code for programs.
    var code = "script.unmet-expectation"
    var hint: String?
}

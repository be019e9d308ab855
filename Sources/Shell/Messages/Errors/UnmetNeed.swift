import Backups

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

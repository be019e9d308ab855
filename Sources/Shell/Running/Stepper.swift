package import Language
import Text

/// Asks before each command of a script: run it, skip it, or quit.
///
/// A skipped command counts as not written: what follows it in its chain is asked about next, also behind `||`, and the
/// rest of the script must pass the check without it.
@MainActor
package final class Stepper {
    private let parsed: Parsed
    /// What the script is checked with; the commands that were skipped so far are left out.
    private var context: CheckContext
    private let ask: ShellDependencies.Ask

    package typealias Parsed = (script: Script, findings: [Diagnostic])

    /// - Parameters:
    ///   - parsed: The whole script.
    ///   - context: What it was checked with.
    package init(_ parsed: Parsed, _ context: CheckContext, ask: @escaping ShellDependencies.Ask) {
        self.parsed = parsed
        self.context = context
        self.ask = ask
    }

    /// Shows a command as it will run, and asks until there is an answer.
    ///
    /// - Returns: Whether it is to run; else it is skipped.
    /// - Throws: `QuitByUser`, `CancellationError`.
    func decides(_ command: BoundCommand, _ invocation: Invocation, _ output: Output) async throws -> Bool {
        let line = context.commands.secretLine.masking(invocation.line)
        output.question("\(FailureMessage.Place(command)): \(line)")
        while true {
            switch try await answer() {
            case "r", "run": return true
            case "q", "quit": throw QuitByUser()
            case "s", "skip":
                guard let obstacle = try await skip(command) else { return false }
                output.warning("cannot skip this: \(obstacle)")
            default: output.warning("type run, skip or quit, or the first letter of it")
            }
        }
    }

    private func answer() async throws -> String {
        do {
            return try await ask("run, skip or quit? ", false).trimmed.lowercased()
        } catch let error where !(error is CancellationError) {
            throw QuitByUser()
        }
    }

    /// Leaves a command out of the script, unless the rest needs it.
    ///
    /// - Returns: What would be wrong without it.
    private func skip(_ command: BoundCommand) async throws -> String? {
        var context = context
        context.skipped.insert(command.path)
        guard let finding = try await Interpreter.check(parsed, context).findings.first else {
            self.context = context
            return nil
        }
        return "without it, \(FailureMessage.Place(finding.span, in: finding.source)) is wrong: \(finding.message)"
    }
}

/// The user has ended the script before a command.
struct QuitByUser: Error {}

import Backups
import Files
import Language
import Text

extension CommandFailure {
    package var exitCode: ExitCode { ExitCode(error) }

    /// What went wrong, as one sentence.
    var message: String {
        switch error {
        case let failure as any UserError: failure.description
        case let mistake as UsageError: mistake.message
        case let unmet as UnmetExpectation: unmet.message
        case is CancellationError: "interrupted"
        case let error as SystemError: "cannot go on: \(error)"
        default: "cannot go on: \(error)"
        }
    }

    /// The next step, where one is certain.
    var hint: String? {
        switch error {
        case let failure as any UserError: failure.hint
        case let mistake as UsageError: mistake.hint
        default: nil
        }
    }

    /// The message and the hint, with the place where there are many commands.
    package func text(showingPlace: Bool) -> String {
        let (line, column) = source.position(at: span.start)
        let place = showingPlace ? "\(source.name.printable):\(line):\(column): " : ""
        return place + message + (hint.map { "\n    hint: \($0)" } ?? "")
    }
}

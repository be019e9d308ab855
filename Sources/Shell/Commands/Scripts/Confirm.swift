import Backups
import Text

/// What `confirm` takes.
enum ConfirmArguments {
    static let text = ArgumentKey("TEXT", .text)
}

extension CommandDeclaration {
    static let confirm = CommandDeclaration(
        words: ["confirm"],
        summary: "stop until a person confirms that a step is done",
        details: [
            "It shows TEXT and waits for a typed 'yes' at the terminal; anything else ends the script with exit",
            "code 3. Without a terminal it ends so at once, unless the command line has the very text:",
            "snapsh --confirmed TEXT FILE. Each --confirmed confirms one text; it can be given several times.",
        ],
        arguments: [ConfirmArguments.text],
        examples: [.init("confirm 'the API servers are stopped'", "a step that snapsh can't do")],
        staticEffect: .asksPerson,
        records: [.confirmation, .wouldConfirm],
        dryRun: .described { try await describeConfirm($0, $1) },
        run: { invocation, session in
            let text = try invocation[ConfirmArguments.text]
            let isOnCommandLine = session.isConfirmed(text)
            if !isOnCommandLine { try await ask(text, session) }
            session.output.result(
                isOnCommandLine ? "confirmed on the command line: \(text.printable)" : "confirmed: \(text.printable)",
                json: ConfirmationRecord(text: text, by: isOnCommandLine ? "command-line" : "terminal")
            )
        }
    )

    @MainActor
    private static func describeConfirm(_ invocation: Invocation, _ session: Session) async throws {
        let text = try invocation[ConfirmArguments.text]
        let isConfirmed = session.isConfirmed(text)
        session.output.listing(
            isConfirmed
                ? "confirmed on the command line: \(text.printable)"
                : "would ask a person to confirm: \(text.printable)",
            json: [WouldConfirmRecord(text: text, confirmed: isConfirmed)]
        )
    }

    private struct WouldConfirmRecord: Encodable {
        let kind = "would-confirm"
        let text: String
        /// Whether the command line confirms it.
        let confirmed: Bool
    }

    /// - Throws: `UnmetExpectation` where nobody confirms it; `CancellationError`.
    @MainActor
    private static func ask(_ text: String, _ session: Session) async throws {
        let quoted = "'\(text.printable)'"
        guard let ask = session.dependencies.ask else {
            throw UnmetExpectation(
                message: "\(quoted) is not confirmed, and there is no terminal to ask at",
                code: "script.not-confirmed",
                hint: "do this step first, then run it with: snapsh --confirmed \(PathText.shellQuoted(text)) …"
            )
        }
        let answer: String
        do {
            answer = try await ask("\(session.output.masked(text.printable)): type 'yes' to continue: ", false)
        } catch let error where !(error is CancellationError) {
            throw UnmetExpectation(message: "\(quoted) is not confirmed: \(error)", code: "script.not-confirmed")
        }
        guard answer.trimmed == "yes" else {
            throw UnmetExpectation(
                message: "\(quoted) is not confirmed",
                code: "script.not-confirmed",
                hint: "only 'yes' confirms it"
            )
        }
    }

    private struct ConfirmationRecord: Encodable {
        let kind = "confirmation"
        let text: String
        /// `terminal` or `command-line`.
        let by: String
    }
}

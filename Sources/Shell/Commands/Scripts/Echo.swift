import Text

extension CommandDeclaration {
    private static let words = ArgumentKey.rest("WORDS", .text)

    static let echo = CommandDeclaration(
        words: ["echo"],
        summary: "print words",
        arguments: [words],
        examples: [.init("pick max; echo \"revision ${pick.revision}\"", "prints a fact")],
        records: [.echo],
        dryRun: .asUsual,
        run: { invocation, session in
            let text = invocation[words].joined(separator: " ")
            session.output.listing(text.printable, isVerbatim: true, json: [EchoRecord(text: text)])
        }
    )

    private struct EchoRecord: Encodable {
        let kind = "echo"
        let text: String
    }
}

import Text

extension CommandDeclaration {
    private static let command = ArgumentKey("COMMAND", .shellCommand)

    static let shellEscape = CommandDeclaration(
        words: ["!"],
        summary: "run a command of the system's shell",
        details: ["All that follows on the line goes to /bin/sh as it stands. It is not part of scripts."],
        arguments: [command],
        examples: [.init("!df -h .", "is there room for the file?")],
        isForPromptOnly: true,
        dryRun: .described { invocation, session in
            session.output.listing(
                "would run the shell command \(try invocation[command].printable)",
                json: [WouldRunRecord(command: try invocation[command])]
            )
        },
        run: { invocation, _ in
            try SystemShell.run(invocation[command])
        }
    )

    private struct WouldRunRecord: Encodable {
        let kind = "would-run"
        let command: String
    }
}

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
        records: [.wouldRun],
        dryRun: .described { invocation, session in
            session.output.listing(
                "would run the shell command \(try invocation[command].printable)",
                json: [WouldRunRecord(command: try invocation[command])]
            )
        },
        run: { invocation, session in
            let environment = session.world.map { _ in session.dependencies.processEnvironment }
            try SystemShell.run(invocation[command], environment: environment)
        }
    )

    private struct WouldRunRecord: Encodable {
        let kind = "would-run"
        let command: String
    }
}

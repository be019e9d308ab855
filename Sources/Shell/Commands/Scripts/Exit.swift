extension CommandDeclaration {
    private static let code = ArgumentKey.optional("CODE", .exitCode)

    static let exit = CommandDeclaration(
        words: ["exit"],
        otherWords: ["quit", "q", "bye", "logout", ":q", ".exit", ".quit"],
        summary: "end the script or the session, with an exit code",
        details: [
            "Without CODE it is 0. A script that includes this one ends, too.",
            "'help codes' lists the exit codes of snapsh itself. At the prompt, Ctrl-D also ends",
            "the session.",
        ],
        arguments: [code],
        examples: [
            .init("exit", "end a script early, with exit code 0"),
            .init("use pv /mnt/rescue || exit 7", "end with your own code if the volume is missing"),
        ],
        staticEffect: .endsScript,
        dryRun: .asUsual,
        run: { invocation, session in session.end(with: Int32(invocation[code] ?? 0)) }
    )
}

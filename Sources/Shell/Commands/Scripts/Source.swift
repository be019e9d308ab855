/// What `source` takes.
enum SourceArguments {
    static let file = ArgumentKey("FILE", .script)
}

extension CommandDeclaration {
    static let source = CommandDeclaration(
        words: ["source"],
        summary: "run another script",
        details: ["snapsh looks for FILE beside the script that names it."],
        arguments: [SourceArguments.file],
        examples: [.init("source common.snapsh", "commands that several scripts share")],
        // What the script establishes shows when it is checked in turn.
        staticEffect: .includesScript,
        dryRun: .asUsual,
        run: { _, _ in }
    )
}

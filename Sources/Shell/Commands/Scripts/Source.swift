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
        // The check of the script itself shows what it establishes.
        staticEffect: .includesScript,
        dryRun: .asUsual,
        run: { _, _ in }
    )
}

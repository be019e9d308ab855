/// What `source` takes.
enum SourceArguments {
    static let file = Argument("FILE", .script)
}

extension CommandDeclaration {
    static let source = CommandDeclaration(
        words: ["source"],
        summary: "runs another script in its place",
        details: ["FILE is looked for beside the script that names it."],
        arguments: [SourceArguments.file],
        examples: [.init("source common.snapsh", "what several scripts have in common")],
        // What the script brings about is seen when it is checked in turn.
        staticEffect: .includesScript,
        run: { _, _ in }
    )
}

/// Records that belong to no single command.
extension RecordDeclaration {
    static let ofProgram = [end, error, unknown, pinned, check, script, parameter]

    /// On standard error; the findings of `--check` are on standard output.
    static let error = RecordDeclaration(
        "error",
        "a failure; what --check finds is on stdout",
        [
            .text("code", "stable, for programs: store.not-found"),
            .text("message", "one sentence"),
            .text("hint?", "the next step"), .texts("tried?", "what was tried, where that explains it"),
            .object(
                "place?",
                "where in a script",
                [
                    .text("file", "the script"), .count("line", "from 1"), .count("column", "from 1"),
                ]
            ),
            .count("exit", "the exit code that it leads to"),
        ]
    )

    static let unknown = RecordDeclaration(
        "not-known",
        "in a dry run: a command with unknown outcome",
        [
            .text("command", "its name"), .text("line", "as it stands in the script"),
            .text("before", "what would have to happen first"),
        ]
    )

    static let pinned = RecordDeclaration(
        "pinned",
        "the script with its choices fixed, of --pin",
        [.text("path", "the new script"), .count("picks", "how many choices are fixed")]
    )

    static let check = RecordDeclaration(
        "check",
        "a script that --check finds fine",
        [.text("script", "the script"), .texts("parameters", "those that need a value and have none")]
    )

    static let script = RecordDeclaration(
        "script",
        "what a script says of itself, of --help",
        [.text("name", "the script"), .text("text", "the comment at its beginning")]
    )

    static let parameter = RecordDeclaration(
        "parameter",
        "a parameter of a script, of --help",
        [
            .text("name", "its name"), .text("purpose?", "what it is for"),
            .text("default?", "as it is written in the script; *** where it is secret"),
            .yesNo("isRequired", "whether it has no default"), .yesNo("isSecret", "whether it is never shown"),
        ]
    )

    /// The document of `help json` itself.
    static let schema: RecordDeclaration = {
        var schema = RecordDeclaration("schema", "the JSON Schema, of help json", [])
        schema.isOpen = true
        return schema
    }()
}

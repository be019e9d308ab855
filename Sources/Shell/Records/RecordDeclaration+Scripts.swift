/// Records of what runbooks are made of.
extension RecordDeclaration {
    static let echo = RecordDeclaration("echo", "words of echo", [.text("text", "the words")])

    static let expectation = RecordDeclaration(
        "expectation",
        "an expectation that is met",
        [
            .text("fact", "the fact"),
            .value("value?", "its value: sizes in bytes, durations in seconds; absent where it may be a secret"),
        ]
    )

    static let confirmation = RecordDeclaration(
        "confirmation",
        "a step that is done",
        [.text("text", "the step"), .oneOf("by", ["terminal", "command-line"], "who confirms it")]
    )

    static let wouldConfirm = RecordDeclaration(
        "would-confirm",
        "in a dry run: a step that a person has to do",
        [.text("text", "the step"), .yesNo("confirmed", "whether the command line confirms it")]
    )

    static let recording = RecordDeclaration(
        "recording",
        "what is recorded",
        [
            .text("path?", "the runbook"), .yesNo("isOn", "whether it is recorded now"),
            .count("commands?", "how many commands it has"),
        ]
    )

    static let report = RecordDeclaration(
        "report",
        "a report of transcripts",
        [
            .text("path?", "the file that was written"), .count("runs", "how many"), .count("commands", "how many"),
            .count("failures", "how many"), .text("markdown?", "the report, where no file was written"),
        ]
    )

    static let history = RecordDeclaration("history", "a line that was typed", [.text("line", "the line")])

    static let wouldRun = RecordDeclaration(
        "would-run",
        "in a dry run: a command of the system's shell",
        [.text("command", "the command")]
    )

    static let command = RecordDeclaration(
        "command",
        "a command, of help",
        [.text("name", "its name"), .text("usage", "how it is written"), .text("summary", "what it does")]
    )

    static let fact = RecordDeclaration(
        "fact",
        "a fact, of help facts",
        [.text("name", "how it is written"), .text("type", "what it is"), .text("summary", "what it means")]
    )

    static let field = RecordDeclaration(
        "field",
        "a field of a transcript, of help transcript",
        [.text("name", "its name"), .texts("kinds", "the lines that have it"), .text("summary", "what it means")]
    )

    static let topic = RecordDeclaration(
        "topic",
        "a text of help",
        [.text("topic", "what was asked for"), .text("text", "the text")]
    )
}

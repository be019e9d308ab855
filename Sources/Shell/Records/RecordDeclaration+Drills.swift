/// Records of drills.
extension RecordDeclaration {
    private static let drill = RecordField.text("drill", "its name")

    static let drillRow = RecordDeclaration(
        "drill",
        "a drill that there is",
        [
            .text("name", "its name"), .text("title", "its title"), .text("teaches", "what it teaches"),
            .count("minutes", "about how long it takes"), .time("done?", "when it was last done"),
            .time("due?", "when it is due again"), .yesNo("isDue", "whether it is due"),
            .yesNo("proven", "whether a runbook of yours survives it"),
            .texts("missing", "programs that it needs and this machine lacks"),
        ]
    )

    static let drillAction = RecordDeclaration(
        "drill-action",
        "what happens to a drill",
        [
            drill,
            .oneOf(
                "action",
                ["would-start", "would-start-again", "would-reset", "would-resume", "stopped", "would-stop"],
                "what"
            ), .text("kept?", "where the learner's files are now"),
        ]
    )

    static let drillStory = RecordDeclaration(
        "drill-story",
        "a drill that begins",
        [
            drill, .text("title", "its title"), .text("seed", "in hexadecimal"), .texts("story", "what happened"),
            .texts("objectives", "what to reach"), .text("work", "the folder to work in"),
        ]
    )

    static let objective = RecordDeclaration(
        "objective",
        "an objective, of drill check",
        [
            .text("objective", "a sentence"), .yesNo("reached", "whether it is reached"),
            .objects(
                "conditions",
                "what it needs",
                [
                    .yesNo("holds", "whether it holds"), .text("found", "what there is"),
                    .text("expected", "what there should be"),
                ]
            ),
        ]
    )

    static let mistake = RecordDeclaration(
        "mistake",
        "a typical mistake, of drill check",
        [.text("name", "its name"), .text("answer", "a sentence")]
    )

    static let hint = RecordDeclaration(
        "hint",
        "a hint of a drill",
        [drill, .count("number?", "which"), .count("of?", "of how many"), .text("hint?", "the hint")]
    )

    static let solution = RecordDeclaration(
        "solution",
        "an expert's way",
        [drill, .texts("solution?", "lines of a script")]
    )

    static let debrief = RecordDeclaration(
        "debrief",
        "the end of a drill",
        [
            drill, .seconds("recoverySeconds?", "until the goal"), .seconds("proofSeconds?", "until the proof"),
            .count("hintCount", "hints that were shown"), .count("failedCheckCount", "checks that failed"),
            .yesNo("hasGivenUp", "whether the solution was shown"), .texts("solution", "an expert's way"),
            .texts("debrief", "what to remember"),
        ]
    )

    static let drillReport = RecordDeclaration(
        "drill-report",
        "a report of drills",
        [
            .text("path?", "the file that was written"), .count("results", "how many"),
            .text("markdown?", "the report, where no file was written"),
        ]
    )

    static let drillProof = RecordDeclaration(
        "drill-proof",
        "the result of drill test",
        [drill, .yesNo("proven?", "absent in a dry run"), .texts("problems", "what is wrong")]
    )

    static let drillTrial = RecordDeclaration(
        "drill-trial",
        "how a runbook did in the world of a drill",
        [
            drill,
            .oneOf(
                "result",
                ["goal reached", "refused", "wrong result taken for right", "does not fit"],
                "how it ended"
            ), .text("detail", "what came of it"), .seconds("seconds", "how long it took"),
        ]
    )

    static let drillFinding = RecordDeclaration(
        "drill-finding",
        "what is wrong in a drill's file",
        [
            .text("file", "the file"), .count("line", "from 1"), .count("column", "from 1"),
            .text("message", "a sentence"), .text("hint?", "the next step"),
        ]
    )

    static let drillFile = RecordDeclaration(
        "drill-file",
        "a drill that was made of backups",
        [.text("path", "the file"), .count("backups?", "how many backups it has")]
    )

    static let drillOrder = RecordDeclaration(
        "drill-order",
        "what a game master sends",
        [.text("inject?", "the inject"), .text("say?", "the message")]
    )

    static let drillEvent = RecordDeclaration(
        "drill-event",
        "what happens in a drill, of drill watch",
        [
            .time("time", "when"), .text("event", "what"), .text("line?", "the line that was typed"),
            .text("text?", "a message"), .texts("names?", "what it is about"),
        ]
    )
}

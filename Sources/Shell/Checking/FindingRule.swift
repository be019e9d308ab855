/// A rule that a finding is of, as code review shows it.
struct FindingRule: Sendable {
    /// The stable code for programs.
    let code: String
    /// What is true where it is kept.
    let summary: String
    /// Whether a script that breaks it runs all the same.
    var isWarning = false

    static let all = [
        FindingRule(code: "script.syntax", summary: "The text can be read as commands."),
        FindingRule(
            code: "script.usage",
            summary: "Each command exists, and has the arguments and options that it takes."
        ),
        FindingRule(
            code: "script.absent",
            summary: "Only what the language has is used: it has no loops and no functions."
        ),
        FindingRule(code: "script.bad-value", summary: "Each value is of the type that its place takes."),
        FindingRule(
            code: "script.meaning",
            summary: "Names of variables, facts and topics are known where they are used."
        ),
        FindingRule(code: "script.unmet-need", summary: "On every path, what a command needs comes before it."),
        FindingRule(code: "script.never-holds", summary: "Each expectation can hold."),
        FindingRule(code: "script.secret-shown", summary: "A secret goes only where it is not shown."),
        FindingRule(code: "script.unknown-parameter", summary: "Values are given to parameters that the script has."),
        FindingRule(
            code: "script.unknown-confirmation",
            summary: "Each text that the command line confirms stands in a 'confirm'."
        ),
        FindingRule(code: "script.unused-parameter", summary: "Each parameter is used.", isWarning: true),
        FindingRule(code: "script.unreadable", summary: "Each script that is named can be read."),
        FindingRule(code: "script.too-large", summary: "Each script that is named is small enough to be one."),
    ]
}

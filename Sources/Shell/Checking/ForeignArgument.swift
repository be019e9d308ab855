import Backups
import Language

/// A word that is meant as an order, and would become the name of a file: `get latest`, `record stop`.
struct ForeignArgument: Sendable {
    let command: String
    let words: [String]
    /// What is typed for it.
    let line: String

    private init(_ command: String, _ words: String, _ line: String) {
        self.command = command
        self.words = words.split(separator: " ").map(String.init)
        self.line = line
    }

    static let all = [
        ForeignArgument("get", "max latest newest last", "pick max; get"),
        ForeignArgument("get", "min oldest first", "pick min; get"),
        ForeignArgument("record", "stop end finish done close", "record off"),
        ForeignArgument("record", "start begin on", "record FILE"),
    ]

    /// What to say of a word that a command takes for the name of a file; `nil` where it can well be one.
    static func mistake(in word: String, of command: CommandDeclaration) -> UsageError? {
        var line = all.first { $0.command == command.name && $0.words.contains(word) }?.line
        if command.name == CommandDeclaration.get.name, Revision(word) != nil { line = "pick \(word); get" }
        return line.map {
            UsageError(
                "'\(word)' is no name of a file here: one that is called so is ./\(word)",
                hint: "write: \($0)"
            )
        }
    }
}

@testable import Shell

/// What can stand where in a script, for an editor that completes: commands with their arguments and options, and
/// facts.
struct CompletionTree: Encodable {
    let commands: [Command]
    let facts: [FactEntry]

    struct Command: Encodable {
        let name: String
        let summary: String
        let usage: String
        let arguments: [Argument]
        let options: [OptionEntry]
        /// Whether it works at the prompt only, and not in a script.
        let isForPromptOnly: Bool
    }

    struct Argument: Encodable {
        let name: String
        let value: Value
        let isRequired: Bool
        /// Whether it takes all the words that are left.
        let takesRest: Bool
        /// A sign that stands before it as a word of its own.
        let introducer: String?
    }

    struct OptionEntry: Encodable {
        let name: String
        let short: String?
        let summary: String
        /// Absent where the option stands alone.
        let valueName: String?
        let value: Value?
        /// Whether the value may be left out, and comes after `=` only.
        let isValueOptional: Bool?
        let isRepeatable: Bool
    }

    struct Value: Encodable {
        /// What a value is called, with its article.
        let type: String
        /// Where candidates come from: `file`, `cluster`, `fact`, …; absent where there are none.
        let completion: String?
        /// All values that there are, where that is known.
        let values: [String]?

        init(_ kind: AnyValueKind) {
            type = kind.name
            (completion, values) =
                switch kind.completion {
                case .none: (nil, nil)
                case .oneOf(let values): (nil, values)
                default: ("\(kind.completion)", nil)
                }
        }
    }

    struct FactEntry: Encodable {
        let name: String
        let type: String
        let summary: String
    }

    init(_ table: CommandTable, _ facts: [Fact]) {
        commands = table.all.map { command in
            Command(
                name: command.name,
                summary: command.summary,
                usage: command.usage,
                arguments: command.arguments.map {
                    Argument(
                        name: $0.name,
                        value: Value($0.kind),
                        isRequired: $0.isRequired,
                        takesRest: $0.takesRest,
                        introducer: $0.introducer
                    )
                },
                options: command.options.map { option in
                    OptionEntry(
                        name: "--" + option.name,
                        short: option.short.map { "-" + $0 },
                        summary: option.summary,
                        valueName: option.value?.name,
                        value: option.value.map { Value($0.kind) },
                        isValueOptional: option.value.map { _ in !option.takesNextWord },
                        isRepeatable: option.isRepeatable
                    )
                },
                isForPromptOnly: command.isForPromptOnly
            )
        }
        self.facts = facts.map { FactEntry(name: $0.usage, type: $0.type.name, summary: $0.summary) }
    }
}

@testable import Shell

/// A grammar for editors, in the form that TextMate brought up (macromates.com/manual/en/language_grammars): which part
/// of a script is what. A command takes its own options only: any other one shows as a mistake.
struct TextMateGrammar: Encodable {
    let name = "snapsh"
    let scopeName = "source.snapsh"
    let fileTypes = ["snapsh"]
    let firstLineMatch = #"^#!.*\bsnapsh\b"#
    let patterns: [Rule] = [.include("comment"), .include("operator"), .include("commands"), .include("unknown")]
    let repository: [String: Rule]

    /// One pattern, or several that are tried in turn.
    struct Rule: Encodable {
        var name: String?
        var match: String?
        var begin: String?
        var end: String?
        var include: String?
        var captures: [String: Rule]?
        var beginCaptures: [String: Rule]?
        var patterns: [Rule]?

        static func include(_ name: String) -> Rule { Rule(include: "#\(name)") }
        static func named(_ name: String) -> Rule { Rule(name: "\(name).snapsh") }
    }

    /// Where a command ends: before what separates it from the next one, and at the end of a line that is not
    /// continued. Some editors hand over a line with its line end, and `$` is behind that, too.
    private static let end = #"(?<![\\\n])$|(?=;|&&|\|\|)"#
    /// Where a word begins, and where it ends.
    private static let (wordStart, wordEnd) = (#"(?<![^\s;&|])"#, #"(?=[\s;&|]|$)"#)
    /// Where a command begins, up to its first word.
    private static let commandStart = #"(?:^|(?<=;|&&|\|\|))[ \t]*"#

    init(_ commands: CommandTable, _ facts: [Fact]) {
        let words = ["comment", "escape", "string", "variable"].map(Rule.include)
        // `use pv` before `use`: the first that matches is taken.
        let ordered = commands.all.filter { $0.words[0].first?.isLetter == true }
            .sorted { ($0.words.count, $1.name) > ($1.words.count, $0.name) }
        repository = [
            "comment": Rule(name: "comment.line.number-sign.snapsh", match: #"(?<![^\s;&|])#.*$"#),
            "operator": Rule(name: "keyword.operator.snapsh", match: #"&&|\|\||;"#),
            "escape": Rule(name: "constant.character.escape.snapsh", match: #"\\(?:.|$)"#),
            "string": Rule(patterns: [
                Rule(name: "string.quoted.single.snapsh", begin: "'", end: "'|$"),
                Rule(
                    name: "string.quoted.double.snapsh",
                    begin: "\"",
                    end: "\"|$",
                    patterns: ["escape", "variable"].map(Rule.include)
                ),
            ]),
            "variable": Rule(patterns: [
                Rule(
                    name: "variable.other.snapsh",
                    begin: #"\$\{"#,
                    end: #"\}|$"#,
                    patterns: ["escape", "fact", "string"].map(Rule.include)
                ),
                Rule(name: "variable.other.snapsh", match: #"\$[A-Za-z_][A-Za-z0-9_]*"#),
            ]),
            "fact": Rule(patterns: Self.rules(of: facts)),
            "number": Rule(
                name: "constant.numeric.snapsh",
                match: Self.wordStart + #"(?:0x[0-9a-fA-F]+|[0-9][0-9.]*(?:[KMGT]i?B|B|s|m|h|d)?)"# + Self.wordEnd
            ),
            "commands": Rule(patterns: ordered.map { Self.rule(of: $0, words) }),
            "unknown": Rule(
                match: Self.commandStart + #"([^\s;&|#'"$\\!]+)"#,
                captures: ["1": .named("invalid.illegal.unknown-command")]
            ),
        ]
    }

    private static func rule(of command: CommandDeclaration, _ words: [Rule]) -> Rule {
        let takesFacts = command.arguments.contains { $0.kind.isFact }
        let options = command.options.map { option in
            let forms = ["--" + option.name] + (option.short.map { ["-" + $0] } ?? [])
            return Rule(
                name: "entity.other.attribute-name.snapsh",
                match: "\(wordStart)(?:\(forms.joined(separator: "|")))(?=[\\s;&|=]|$)"
            )
        }
        let otherOption = Rule(name: "invalid.illegal.unknown-option.snapsh", match: wordStart + "--[a-z][a-z-]*")
        let name = command.words.joined(separator: #"[ \t]+"#)
        return Rule(
            begin: "\(commandStart)(\(name))\(wordEnd)",
            end: end,
            beginCaptures: ["1": .named("support.function.\(command.words.joined(separator: "-"))")],
            patterns: words + options + [otherOption] + (takesFacts ? [.include("fact")] : [])
                + [.include("number")]
        )
    }

    /// Facts alone, and those of a thing, whose words lie in parentheses.
    private static func rules(of facts: [Fact]) -> [Rule] {
        let plain = facts.filter(\.parameters.isEmpty).map { $0.name.replacing(".", with: #"\."#) }
        var ofThings: [(thing: String, names: [String])] = []
        for fact in facts where !fact.parameters.isEmpty {
            let parts = fact.name.split(separator: "().", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            if ofThings.last?.thing != parts[0] { ofThings.append((parts[0], [])) }
            ofThings[ofThings.count - 1].names.append(parts[1])
        }
        let words = ["escape", "string", "variable"].map(Rule.include)
        return [
            Rule(name: "support.variable.snapsh", match: #"\b(?:\#(plain.joined(separator: "|")))(?![\w.-])"#)
        ]
            + ofThings.map { thing, names in
                Rule(
                    name: "support.variable.snapsh",
                    begin: #"\b\#(thing)\("#,
                    end: #"\)\.(?:\#(names.joined(separator: "|")))(?![\w-])|$"#,
                    patterns: words
                )
            }
    }
}

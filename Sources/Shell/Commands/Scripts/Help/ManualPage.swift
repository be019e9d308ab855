import Backups

/// The text of `help manual`: a page for man(1), made of what the tables of commands, facts and records declare. It is
/// written in the macros of man(7).
struct ManualPage {
    /// Lines of roff.
    private var lines = [".TH SNAPSH 1"]

    /// - Throws: `CancellationError`.
    static func text(_ commands: CommandTable) throws -> String {
        var page = ManualPage()
        page.add("NAME", ["snapsh - recovery shell for the backups of etcd"])
        page.add(
            "DESCRIPTION",
            [
                "It finds, lists, picks, downloads and verifies backups of etcd, and restores them. The same commands are"
                    + " typed at its prompt, run from scripts, and practised in drills.",
                "'snapsh --help' explains the command line.",
            ]
        )
        page.add("COMMANDS", [])
        for command in commands.all { page.add(command) }
        page.add("LANGUAGE", asItIs: LanguageHelp.text)
        for topic in commands.topics { page.add(topic.name.uppercased(), asItIs: topic.text.text(commands.sources)) }
        page.add("FACTS", ["'expect' compares them, and ${...} fills them in."])
        for fact in Fact.all { page.add(item: fact.usage, "\(fact.type.name): \(fact.summary)") }
        page.add("JSON", asItIs: JSONHelp.introduction)
        for record in commands.records { page.add(subsection: record.kind, asItIs: try JSONHelp.text(record)) }
        page.add("RECOVERY", asItIs: RecoveryGuides.overview)
        page.add("EXIT STATUS", asItIs: ExitCode.help)
        return page.lines.joined(separator: "\n")
    }

    private mutating func add(_ section: String, _ paragraphs: [String]) {
        lines.append(".SH \(Self.escaped(section))")
        for paragraph in paragraphs { lines += [".PP", Self.escaped(paragraph)] }
    }

    private mutating func add(_ section: String, asItIs text: String) {
        add(section, [])
        add(asItIs: text)
    }

    private mutating func add(subsection title: String, asItIs text: String) {
        lines.append(".SS \(Self.escaped(title))")
        add(asItIs: text)
    }

    /// Text whose lines and columns stay as they are.
    private mutating func add(asItIs text: String) {
        lines.append(".nf")
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.escaped(String($0)) }
        lines.append(".fi")
    }

    private mutating func add(item term: String, _ meaning: String) {
        lines += [".TP", ".B \(Self.escaped(term))", Self.escaped(meaning)]
    }

    private mutating func add(_ command: CommandDeclaration) {
        lines.append(".SS \(Self.escaped(command.usage))")
        lines.append(Self.escaped(command.summary))
        if !command.details.isEmpty { lines += [".PP"] + command.details.map(Self.escaped) }
        for option in command.options { add(item: option.longUsage, option.summary) }
        lines += [".PP", "Examples:"]
        for example in command.examples { add(item: example.line, example.summary) }
        if !command.records.isEmpty {
            lines += [".PP", Self.escaped("With --json: \(command.records.map(\.kind).joined(separator: ", ")).")]
        }
    }

    /// A line that roff prints as it is: a backslash begins an escape, a dot or a quote at the start a request, and a
    /// hyphen is printed as another character.
    private static func escaped(_ line: String) -> String {
        var text = ""
        for character in line {
            switch character {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            default: text.append(character)
            }
        }
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}

import Audit
import Text

/// The topics of `help` beside the commands.
enum HelpTopic: String, CaseIterable {
    case facts
    case language
    case codes
    case transcript
    case step
    case dryRun = "dry-run"
}

/// What `help` takes.
enum HelpArguments {
    static let topic = ArgumentKey.rest("TOPIC", .topic)
}

extension CommandDeclaration {
    static let help = CommandDeclaration(
        words: ["help"],
        summary: "list the commands, or explain one",
        details: [
            "'help facts', 'help language', 'help codes' (exit codes), 'help step', 'help dry-run' and",
            "'help transcript' are there, too.",
        ],
        arguments: [HelpArguments.topic],
        examples: [
            .init("help", "the commands"),
            .init("help pick", "one of them"),
            .init("help facts", "what 'expect' and ${…} can use"),
        ],
        staticEffect: .namesTopic,
        dryRun: .asUsual,
        isRecorded: false,
        run: { invocation, session in
            let topic = invocation[HelpArguments.topic]
            guard let first = topic.first else { return session.output.showOverview(session.dependencies.commands) }
            switch HelpTopic(rawValue: first) {
            case .facts: session.output.showFacts()
            case .language: session.output.showText(LanguageHelp.text, topic: first)
            case .dryRun: session.output.showText(DryRunHelp.text, topic: first)
            case .step: session.output.showText(StepHelp.text, topic: first)
            case .codes: session.output.showText(ExitCode.help, topic: first)
            case .transcript: session.output.showTranscriptFields()
            case nil:
                let commands = session.dependencies.commands.commands(named: first)
                let exact = commands.filter { $0.words.starts(with: topic) }
                if commands.isEmpty { throw UsageError("there is no help on '\(first.printable)'") }
                session.output.showCommands(exact.isEmpty ? commands : exact)
            }
        }
    )
}

extension Output {
    fileprivate func showOverview(_ commands: CommandTable) {
        let width = commands.all.map(\.briefUsage.count).max() ?? 0
        let lines = commands.all.map { command in
            let usage = command.briefUsage
            return "  " + usage + String(repeating: " ", count: width - usage.count + 2) + command.summary
        }
        listing(
            lines.joined(separator: "\n")
                + "\n\n'help COMMAND' explains one; 'help facts', 'help language', 'help codes', 'help step', 'help dry-run',"
                + "\n'help transcript'.",
            json: commands.all.map(HelpRecord.init)
        )
    }

    fileprivate func showCommands(_ commands: [CommandDeclaration]) {
        listing(commands.map(\.help).joined(separator: "\n\n"), json: commands.map(HelpRecord.init))
    }

    fileprivate func showFacts() {
        var table = TextTable(header: ["FACT", "IS", "MEANING"])
        for fact in Fact.all { table.append([fact.usage, fact.type.name, fact.summary]) }
        listing(
            try table.text(),
            json: Fact.all.map { FactRecord(name: $0.usage, type: $0.type.name, summary: $0.summary) }
        )
    }

    fileprivate func showTranscriptFields() {
        var table = TextTable(header: ["FIELD", "OF", "MEANING"])
        for field in TranscriptField.all {
            let isOfAll = field.kinds.count == TranscriptEvent.Kind.allCases.count
            table.append([
                field.name, isOfAll ? "all" : field.kinds.map(\.rawValue).joined(separator: ", "), field.summary,
            ])
        }
        listing(
            "  'snapsh --transcript FILE …' adds to FILE what a run does: one JSON object a line.\n"
                + "  A line is on the disk before the next command runs. Secrets are ***.\n\n" + (try table.text()),
            json: TranscriptField.all.map {
                FieldRecord(name: $0.name, kinds: $0.kinds.map(\.rawValue), summary: $0.summary)
            }
        )
    }

    private struct FieldRecord: Encodable {
        let kind = "field"
        let name: String
        let kinds: [String]
        let summary: String
    }

    fileprivate func showText(_ text: String, topic: String) {
        listing(text, json: [TopicRecord(topic: topic, text: text)])
    }

    private struct HelpRecord: Encodable {
        let kind = "command"
        let name: String
        let usage: String
        let summary: String

        init(_ command: CommandDeclaration) {
            name = command.name
            usage = command.usage
            summary = command.summary
        }
    }

    private struct FactRecord: Encodable {
        let kind = "fact"
        let name: String
        let type: String
        let summary: String
    }

    private struct TopicRecord: Encodable {
        let kind = "topic"
        let topic: String
        let text: String
    }
}

extension CommandDeclaration {
    /// The text of `help NAME`.
    fileprivate var help: String {
        var sections = ["\(wrappedUsage)\n  \(summary)"]
        if !details.isEmpty { sections.append(details.map { "  " + $0 }.joined(separator: "\n")) }
        if !options.isEmpty {
            sections.append(Self.aligned(options.map { ($0.longUsage, $0.summary) }))
        }
        sections.append(
            "  examples:\n" + examples.map { "    \($0.line)\n        \($0.summary)" }.joined(separator: "\n")
        )
        return sections.joined(separator: "\n\n")
    }

    /// The usage in lines of up to 90 columns.
    private var wrappedUsage: String {
        var lines = [briefUsage]
        for option in options.map({ "[\($0.usage)]" }) {
            if lines[lines.count - 1].count + 1 + option.count > 90 {
                lines.append("        \(option)")
            } else {
                lines[lines.count - 1] += " \(option)"
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// The text of `help language`.
private enum LanguageHelp {
    static let text = #"""
          one command a line; '#' starts a comment; a final '\' joins the next line
          a ; b          b after a
          a && b         b if a succeeded
          a || b         b if a failed (not for mistakes in the script itself)
          'text'         one word, as it stands
          "text $name"   one word, with variables filled in
          $name ${name}  a variable's value: always one word, never a command or an option
          ${name:-text}  text, where the variable is not set
          ${name:?text}  stops with the text, where the variable is not set
          ${pick.age}    a fact ('help facts')
          ${file(out.db).sha256}  a fact of a thing: its words are written as any other
          --name value   an option; --name=value, too; -x value or -x=value where 'help' shows a short form
          --name[=value] an option whose value may be left out: it is taken after '=' only
          A script is checked as a whole before its first command runs: names, the types of
          values and facts, and that every path to a command does what it needs first, also
          behind '||'. It stops at the first command that fails.
        """#
}

/// What `help dry-run` shows.
private enum DryRunHelp {
    static let text = """
          snapsh --dry-run FILE asks the sources, lists and picks for real, and reads the files that
          are there. It writes nothing, and requests no new backup.
          get, restore, serve   say what they would do: names, sizes, the space needed and free, and
                                the time, an estimate by the rate of the first 4 MiB; of serve, that
                                the address is free, and certificate, key and token can be used
          confirm               says what it would ask
          expect                holds, fails (exit code 3), or is not known before the download
          What follows from a file that would be downloaded is not known. The run then goes on as if
          the command had succeeded, and what follows '||' is not looked at.
          --pin NEW   writes the script with its choices fixed into the file NEW: each 'pick' names its
                      backup, with its revision and its ETag or SHA-256. Run later, it takes exactly
                      these; a warning says if a newer one exists; exit code 4 if one is gone or changed
        """
}

/// What `help step` shows.
private enum StepHelp {
    static let text = """
          snapsh --step FILE shows each command as it will run, with its place in the script,
          and asks:
          run   (r) runs it
          skip  (s) goes on as if it did not stand there: the next command of its line is asked
                about, also behind '||'
          quit  (q) ends the script, with exit code 130
          A command that a later one needs can't be skipped: snapsh checks the script without it,
          and says what would be wrong. --step needs a terminal.
        """
}

extension ExitCode {
    /// The text of `help codes`.
    fileprivate static var help: String {
        CommandDeclaration.aligned(allCases.map { (String($0.rawValue), $0.meaning) })
    }

    private var meaning: String {
        switch self {
        case .success: "everything went well"
        case .failed: "a command failed"
        case .mistake: "the script or the command line is wrong; of a script, nothing was run"
        case .unmetExpectation: "an 'expect' failed, or a step was not confirmed"
        case .notFound: "there is no such cluster, backup or file"
        case .unsound: "what was found is not a sound snapshot"
        case .unreachable: "a source can't be reached, or can't be read"
        case .interrupted: "interrupted"
        }
    }
}

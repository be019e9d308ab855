import Audit
import Backups
import Drills
import Language
import Text

/// The topics of `help` beside the commands.
enum HelpTopic: String, CaseIterable {
    case facts
    case language
    case codes
    case transcript
    case step
    case dryRun = "dry-run"
    case drills
    case recovery
    case json
    case manual

    /// Other words for them.
    static let otherWords: [String: HelpTopic] = [
        "fact": .facts, "script": .language, "scripts": .language, "runbook": .language, "runbooks": .language,
        "exit-codes": .codes, "code": .codes, "status-codes": .codes, "transcripts": .transcript, "dryrun": .dryRun,
    ]

    /// What may follow a topic to name a part of it.
    static func parts(of topic: String, _ commands: CommandTable) -> [String] {
        switch HelpTopic(rawValue: topic) {
        case .recovery: RecoveryGuides.names
        case .json: commands.records.map(\.kind)
        default: []
        }
    }
}

/// What `help` takes.
enum HelpArguments {
    static let topic = ArgumentKey.rest("TOPIC", .topic)
}

extension CommandDeclaration {
    static let help = CommandDeclaration(
        words: ["help"],
        otherWords: ["?", "h", "man", "commands", ".help"],
        summary: "list the commands, or explain one",
        details: [
            "On a terminal the list is short; 'snapsh help | less' has a line for each command.",
            "TOPIC is a command, a word after it (s3, volume), or a topic that 'help' names at its end:",
            "'help facts', 'help codes', 'help credentials'. 'help recovery' lists the ways from a",
            "backup to a running cluster, 'help recovery k3s' shows one of them. 'help json' lists what",
            "'--json' prints, 'help json backup' the fields of one record. 'snapsh help manual | man -l -'",
            "shows all of it as one manual page.",
        ],
        arguments: [HelpArguments.topic],
        examples: [
            .init("help", "the commands"),
            .init("help pick", "one of them"),
            .init("help s3", "use s3: how to get at a bucket"),
            .init("help facts", "what 'expect' and ${…} can use"),
            .init("help recovery k3s", "the whole way from a snapshot of k3s to a running cluster"),
        ],
        staticEffect: .namesTopic,
        records: [.command, .fact, .field, .topic, .schema],
        dryRun: .asUsual,
        isRecorded: false,
        run: { invocation, session in
            let topic = invocation[HelpArguments.topic]
            guard let first = topic.first else { return session.output.showOverview(session.dependencies.commands) }
            let commands = session.dependencies.commands
            switch HelpSubject(topic, commands) {
            case .topic(.facts): session.output.showFacts()
            case .topic(.language): session.output.showText(LanguageHelp.text, topic: first)
            case .topic(.dryRun): session.output.showText(DryRunHelp.text, topic: first)
            case .topic(.step): session.output.showText(StepHelp.text, topic: first)
            case .topic(.codes): session.output.showText(ExitCode.help, topic: first)
            case .topic(.transcript): session.output.showTranscriptFields()
            case .topic(.drills):
                session.output.showText(DrillForm.help.joined(separator: "\n"), topic: first, isVerbatim: true)
            case .topic(.recovery):
                session.output.showText(
                    try recoveryText(topic, width: session.output.dataWidth ?? 80),
                    topic: topic.joined(separator: " ")
                )
            case .topic(.json): try session.output.showRecords(topic, commands)
            case .topic(.manual):
                session.output.showText(try ManualPage.text(commands), topic: first, isVerbatim: true)
            case .page(let page): session.output.showText(page.text.text(commands.sources), topic: page.name)
            case .commands(let commands): session.output.showCommands(commands)
            case nil: throw UsageError("there is no help on '\(first.printable)'")
            }
        }
    )
}

/// The text of `help recovery` and `help recovery NAME`.
private func recoveryText(_ topic: [String], width: Int) throws(UsageError) -> String {
    guard topic.count > 1 else { return RecoveryGuides.overview }
    if let guide = RecoveryGuides.named(topic[1]) { return guide.text(width: min(width, 80)) }
    throw UsageError(
        "there is no way of recovery called '\(topic[1].printable)'",
        hint: Suggestion.hint(for: topic[1], among: RecoveryGuides.names) ?? "'help recovery' lists them"
    )
}

extension Output {
    /// Where more commands begin with the same word, the overview has one line for them.
    private static let maxShownOfOneWord = 6

    fileprivate func showOverview(_ commands: CommandTable) {
        let topics = HelpSubject.topics(commands).joined(separator: ", ")
        if let dataWidth {
            // A terminal of 24 lines shows all of it.
            let others = commands.all.dropFirst(commands.ofRecovery.count).filter { $0.words.count == 1 }.map(\.name)
            let text = [
                Self.lines(of: commands.ofRecovery.filter { $0.name != CommandDeclaration.useWord }),
                "Others: \(others.joined(separator: ", ")).".wrapped(to: dataWidth),
                "Topics: \(topics).".wrapped(to: dataWidth),
                "'help NAME' explains one of them.",
            ]
            return listing(text.joined(separator: "\n"), json: commands.all.map(HelpRecord.init))
        }
        let shown = commands.all.filter { command in
            command.words.count == 1 || commands.commands(named: command.words[0]).count <= Self.maxShownOfOneWord
        }
        let groups = commands.firstWords.filter { commands.commands(named: $0).count > Self.maxShownOfOneWord }
        listing(
            Self.lines(of: shown)
                + "\n\n'help COMMAND' explains one"
                + groups.map { ", 'help \($0)' lists all that begin with '\($0)'" }.joined()
                + ".\nTopics, as in 'help facts':\n"
                + "  \(topics)".wrapped(to: 78),
            json: commands.all.map(HelpRecord.init)
        )
    }

    /// One command as a whole, or several; many as a list.
    fileprivate func showCommands(_ commands: [CommandDeclaration]) {
        let text =
            commands.count > Self.maxShownOfOneWord
            ? ([Self.lines(of: commands), "", commands[0].detailText(width: dataWidth)]
                + ["", "'help \(commands[1].name)' explains one of them."]).joined(separator: "\n")
            : commands.map { $0.help(width: dataWidth) }.joined(separator: "\n\n")
        listing(text, json: commands.map(HelpRecord.init))
    }

    private static func lines(of commands: [CommandDeclaration]) -> String {
        TextTable.pairs(commands.map { ($0.briefUsage, $0.summary) })
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

    fileprivate func showText(_ text: String, topic: String, isVerbatim: Bool = false) {
        listing(text, isVerbatim: isVerbatim, json: [TopicRecord(topic: topic, text: text)])
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
    ///
    /// - Parameter width: Of a terminal's line; `nil` where there is none.
    fileprivate func help(width: Int?) -> String {
        var sections = ["\(wrappedUsage(to: width ?? 90))\n  \(summary)"]
        if !details.isEmpty { sections.append(detailText(width: width)) }
        if !options.isEmpty {
            sections.append(TextTable.pairs(options.map { ($0.longUsage, $0.summary) }))
        }
        if !records.isEmpty {
            let kinds = records.map(\.kind)
            sections.append("  --json: \(kinds.joined(separator: ", ")) ('help json \(kinds[0])' lists the fields)")
        }
        sections.append(
            "  examples:\n"
                + examples.map { "    \(Copyable.marked($0.line))\n        \($0.summary)" }.joined(separator: "\n")
        )
        return sections.joined(separator: "\n\n")
    }

    /// The details, as paragraphs of a terminal's width.
    fileprivate func detailText(width: Int?) -> String {
        guard let width else { return details.map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n") }
        return details.split(separator: "", omittingEmptySubsequences: false).map {
            ("  " + $0.joined(separator: " ")).wrapped(to: width)
        }.joined(separator: "\n\n")
    }

    private func wrappedUsage(to width: Int) -> String {
        var lines = [briefUsage]
        for option in options.map({ "[\($0.usage)]" }) {
            if lines[lines.count - 1].count + 1 + option.count > width {
                lines.append("        \(option)")
            } else {
                lines[lines.count - 1] += " \(option)"
            }
        }
        return lines.joined(separator: "\n")
    }
}

import Backups

/// What `help` explains by a word.
enum HelpSubject {
    case topic(HelpTopic)
    /// A topic that a source brings.
    case page(SourceTopic)
    case commands([CommandDeclaration])

    /// What the words of `help` name: a topic, a command by any of its words, or the command that other tools call so.
    ///
    /// - Parameter words: At least one.
    init?(_ words: [String], _ commands: CommandTable) {
        let first = words[0]
        if let topic = HelpTopic(rawValue: first) ?? HelpTopic.otherWords[first] {
            self = .topic(topic)
            return
        }
        if let page = commands.topics.first(where: { $0.name == first || $0.name == "\(first)s" }) {
            self = .page(page)
            return
        }
        let named = commands.commands(named: first)
        let exact = named.filter { $0.words.starts(with: words) }
        let bySecondWord = commands.all.filter { $0.words.count > 1 && $0.isMeant(by: first) }
        guard let found = [exact, named, bySecondWord].first(where: { !$0.isEmpty }) else {
            guard case .command(let name, _)? = ForeignWord.row(for: words)?.meaning,
                let word = name.split(separator: " ").first
            else { return nil }
            self = .commands(commands.commands(named: String(word)))
            return
        }
        self = .commands(found)
    }

    /// The command that shows the help on a topic; `nil` where words name none.
    static func topicLine(for words: [String], _ commands: CommandTable) -> String? {
        guard let first = words.first, topics(commands).contains(first) else { return nil }
        let parts = words.dropFirst().first.map { HelpTopic.parts(of: first, commands).contains($0) ? [$0] : [] } ?? []
        return (["help", first] + parts).joined(separator: " ")
    }

    /// The names of all topics that are no command.
    static func topics(_ commands: CommandTable) -> [String] {
        HelpTopic.allCases.map(\.rawValue) + commands.topics.map(\.name)
    }
}

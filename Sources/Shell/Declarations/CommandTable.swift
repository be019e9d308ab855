package import Backups

/// Every command, in the order that `help` shows them.
package struct CommandTable: Sendable {
    package let all: [CommandDeclaration]
    /// Those of the way from a source to a running member: the first ones of all.
    let ofRecovery: ArraySlice<CommandDeclaration>
    /// The sources that `use` connects to.
    let sources: [SourceDeclaration]
    /// What sources have to say beside their commands, each once.
    let topics: [SourceTopic]
    /// Hides what is secret in lines of these commands.
    package let secretLine: SecretLine
    /// The first words of all commands, each once.
    package let firstWords: [String]
    private let byFirstWord: [String: [CommandDeclaration]]

    /// - Parameter sources: What `use` connects to; each becomes a command.
    package init(sources: [SourceDeclaration]) {
        self.sources = sources
        topics = sources.flatMap(\.topics).reduce(into: []) { topics, topic in
            if !topics.contains(where: { $0.name == topic.name }) { topics.append(topic) }
        }
        all =
            [.use(sources)] + sources.map { CommandDeclaration(connectingTo: $0, among: sources) } + [
                .clusters, .cluster, .target, .ls, .pick, .info, .get, .verify, .status,
                .keys, .diff, .hashkv, .restore, .serve,
                .expect, .confirm, .param, .set, .echo, .source,
                .record, .report,
                .drill, .drillStart, .drillCheck, .drillHint, .drillSolution, .drillReset, .drillAgain, .drillStop,
                .drillResume, .drillReport, .drillLint, .drillTest, .drillTry, .drillFrom, .drillInject, .drillSay,
                .drillWatch,
                .help, .history, .exit, .shellEscape,
            ]
        ofRecovery = all.prefix { $0.name != CommandDeclaration.expect.name }
        secretLine = SecretLine(all)
        firstWords = all.map { $0.words[0] }.reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        var byFirstWord = Dictionary(grouping: all) { $0.words[0] }
        for command in all where command.words.count == 1 {
            for word in command.otherWords { byFirstWord[word] = [command] }
        }
        self.byFirstWord = byFirstWord
    }

    /// The commands that begin with a word, or with one that is taken for it: `use` and `use pv` for `use`.
    func commands(named word: String) -> [CommandDeclaration] {
        byFirstWord[word] ?? []
    }

    /// All that `--json` prints, each record once: those of the program, then those of the commands.
    var records: [RecordDeclaration] {
        (RecordDeclaration.ofProgram + all.flatMap(\.records)).reduce(into: []) { records, record in
            if !records.contains(where: { $0.kind == record.kind }) { records.append(record) }
        }
    }

    /// Where a secret may go.
    var placesForSecrets: String {
        let places = all.flatMap { command in
            command.options.filter { $0.value?.kind.isSecret == true }.map { "--\($0.name) of '\(command.name)'" }
        }
        return "a secret can go to a secret option only: " + places.joined(separator: ", ")
    }
}

import Backups
import Text

/// What Tab can put in the place of the word before the cursor.
package struct Completion: Sendable, Equatable {
    /// Where that word begins, as an offset in UTF-8.
    package var start: Int
    /// Words as they are typed, quoted where that is needed; one that ends in `/` can go on.
    package var candidates: [String]
}

/// Completes commands, options, clusters, backups, files, facts and variables, as the command table tells.
@MainActor
package struct Completer {
    private let session: Session
    private let deadline: Deadline
    private var commands: CommandTable { session.environment.commands }

    package init(_ session: Session) {
        self.init(session, deadline: .usual)
    }

    init(_ session: Session, deadline: Deadline) {
        self.session = session
        self.deadline = deadline
    }

    /// - Parameter line: What stands before the cursor.
    package func complete(_ line: String) -> Completion {
        let prefix = LinePrefix(line)
        guard !prefix.isOpaque else { return Completion(start: prefix.wordStart, candidates: []) }
        return Completion(start: prefix.wordStart, candidates: candidates(prefix))
    }

    private func candidates(_ prefix: LinePrefix) -> [String] {
        let word = prefix.word
        if word.hasPrefix("$") { return variables.filter { $0.hasPrefix(word) } }
        guard let name = prefix.words.first else { return matching(word, commands.firstWords) }
        let named = commands.commands(named: name)
        let kinds = named.filter { $0.words.count > 1 }
        if !kinds.isEmpty, prefix.words.count == 1 { return matching(word, kinds.map { $0.words[1] }) }
        guard
            let command = named.first(where: {
                prefix.words.starts(with: $0.words) && ($0.words.count > 1 || kinds.isEmpty)
            })
        else { return [] }

        let (argument, pending) = position(in: command, after: prefix.words.dropFirst(command.words.count))
        if let pending { return candidates(for: pending, word) }
        if word.hasPrefix("--") {
            let given = prefix.words.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
            return command.options.map { "--\($0.name)" }.filter { $0.hasPrefix(word) && !given.contains($0) }
        }
        return argument.map { candidates(for: $0.kind, word) } ?? []
    }

    /// Which argument comes after the words that stand there, and the kind of an option's value where one is due.
    private func position(
        in command: CommandDeclaration,
        after words: ArraySlice<String>
    ) -> (ArgumentDeclaration?, pending: AnyValueKind?) {
        var position = 0
        var pending: AnyValueKind?
        for word in words {
            if pending != nil {
                pending = nil
            } else if word.hasPrefix("--") {
                pending = command.options.first { "--\($0.name)" == word && $0.takesNextWord }?.value?.kind
            } else {
                position += 1
            }
        }
        let arguments = command.arguments
        let argument =
            position < arguments.count ? arguments[position] : arguments.last.flatMap { $0.takesRest ? $0 : nil }
        return (argument, pending)
    }

    private func candidates(for kind: AnyValueKind, _ word: String) -> [String] {
        switch kind.completion {
        case .none: []
        case .cluster: matching(word, Set(clusters.map(\.name)).sorted())
        case .namespace: matching(word, Set(clusters.compactMap(\.namespace)).sorted())
        case .choice: matching(word, ["max", "min"] + backups.map(\.name))
        case .backupName: matching(word, backups.map(\.name))
        case .version: matching(word, Set(backups.compactMap(\.version)).sorted().map(\.description))
        case .file: paths(word, foldersOnly: false)
        case .folder: paths(word, foldersOnly: true)
        case .fact: matching(word, Fact.all.map(\.name))
        case .comparison: matching(word, Comparison.allCases.map(\.rawValue))
        case .topic: matching(word, commands.firstWords + HelpTopic.allCases.map(\.rawValue))
        }
    }

    private func matching(_ word: String, _ candidates: [String]) -> [String] {
        candidates.filter { $0.hasPrefix(word) && $0.printable == $0 }.map(Invocation.quoted)
    }

    private var variables: [String] {
        session.variables.keys.sorted().map { "$\($0)" } + Fact.all.map { "${\($0.name)}" }
    }

    // MARK: - The outside world

    private var clusters: [ClusterName] {
        guard let source = session.source else { return [] }
        return deadline.value { try await source.clusters().clusters } ?? []
    }

    private var backups: [Backup] {
        guard let source = session.source, let cluster = session.cluster else { return [] }
        return deadline.value { try await source.backups(of: cluster).backups } ?? []
    }

    private func paths(_ word: String, foldersOnly: Bool) -> [String] {
        let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
        let start = String(word.dropFirst(folder.count))
        let home = folder.hasPrefix("~/") ? session.environment.home : nil
        let path = home.map { $0 + folder.dropFirst() } ?? (folder.isEmpty ? "." : folder)
        let names = deadline.value { try await PathText.names(in: path, startingWith: start) } ?? []
        return names.compactMap { name, isFolder in
            guard name.hasPrefix(start), isFolder || !foldersOnly, name.printable == name,
                start.hasPrefix(".") || !name.hasPrefix(".")
            else { return nil }
            let text = folder + name + (isFolder ? "/" : "")
            return text.hasPrefix("~/") ? "~/" + Invocation.quoted(String(text.dropFirst(2))) : Invocation.quoted(text)
        }
    }
}

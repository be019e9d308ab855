import Backups
import Language
import Text

/// What Tab can insert in place of the word before the cursor.
package struct Completion: Sendable, Equatable {
    /// Where that word begins, as an offset in UTF-8.
    package var start: Int
    /// Words as typed, quoted where needed; one that ends in `/` can continue.
    package var candidates: [String]
}

/// Completes commands, options, clusters, backups, files, facts and variables, from the command table.
@MainActor
package struct Completer {
    private let session: Session
    private let deadline: Deadline
    private var commands: CommandTable { session.dependencies.commands }

    package init(_ session: Session) {
        self.init(session, deadline: .usual)
    }

    init(_ session: Session, deadline: Deadline) {
        self.session = session
        self.deadline = deadline
    }

    /// - Parameter line: The text before the cursor.
    package func complete(_ line: String) -> Completion {
        let prefix = CommandPrefix(line)
        switch prefix.current {
        case .nothing:
            return Completion(start: line.utf8.count, candidates: [])
        case .optionName(let start, let span):
            return Completion(start: span.start, candidates: options(startingWith: start, prefix.finished))
        case .word(let word):
            return completion(of: word, in: line) { candidates(for: $0, prefix.finished) }
        case .optionValue(let name, let word):
            return completion(of: word, in: line) { text in
                let command = command(prefix.finished)?.declaration
                let value = command?.options.first { $0.name == name }?.value
                return value.map { candidates(for: $0.kind, text) } ?? []
            }
        }
    }

    /// Completes the variable at the end of a word, or the whole word if it has no variable.
    private func completion(of word: Word, in line: String, _ candidates: (TypedText) -> [String]) -> Completion {
        if case .variable(let variable)? = word.parts.last, variable.span.end == line.utf8.count,
            variable.isNameUnfinished(in: line)
        {
            let typed = String(decoding: line.utf8.dropFirst(variable.span.start), as: UTF8.self)
            return Completion(start: variable.span.start, candidates: variables.filter { $0.hasPrefix(typed) })
        }
        return Completion(start: word.span.start, candidates: TypedText(word).map(candidates) ?? [])
    }

    /// The value of a word without variables.
    private struct TypedText {
        /// A leading `~` is kept as typed.
        var text = ""
        var isBelowHome = false

        init(text: String) {
            self.text = text
        }

        init?(_ word: Word) {
            for part in word.parts {
                switch part {
                case .text(let piece): text += piece
                case .home:
                    text += "~"
                    isBelowHome = true
                case .variable: return nil
                }
            }
        }
    }

    private func candidates(for typed: TypedText, _ finished: [Argument]) -> [String] {
        guard let first = finished.first else { return matching(typed.text, commands.firstWords) }
        if finished.count == 1, case .word(let name) = first {
            let kinds = commands.commands(named: name.literal ?? "").filter { $0.words.count > 1 }
            if let owner = kinds.first(where: { $0.owns(typed.text) }),
                let place = owner.arguments.first
            {
                return candidates(for: place.kind, typed)
            }
            if !kinds.isEmpty { return matching(typed.text, kinds.map { $0.words[1] }) }
        }
        guard let (command, arguments) = command(finished) else { return [] }
        if typed.text == "-" {
            return shortOptions(of: command, given: arguments) + options(startingWith: "", finished)
        }
        if command.staticEffect == .namesTopic, case .word(let topic)? = arguments.first,
            case let parts = HelpTopic.parts(of: topic.literal ?? "", commands), !parts.isEmpty
        {
            return arguments.count == 1 ? matching(typed.text, parts) : []
        }
        return kind(in: command, after: arguments).map { candidates(for: $0, typed) } ?? []
    }

    private func shortOptions(of command: CommandDeclaration, given arguments: ArraySlice<Argument>) -> [String] {
        let given = Set(arguments.compactMap { command.option(in: $0)?.name })
        return command.options.filter { $0.isRepeatable || !given.contains($0.name) }
            .compactMap { $0.short.map { "-\($0)" } }
    }

    private func options(startingWith start: String, _ finished: [Argument]) -> [String] {
        guard let (command, arguments) = command(finished) else { return [] }
        let given = arguments.compactMap { command.option(in: $0)?.name }
        return command.options.filter {
            $0.name.hasPrefix(start) && ($0.isRepeatable || !given.contains($0.name))
        }.map { "--\($0.name)" }
    }

    /// The typed command, and what follows its name.
    private func command(_ finished: [Argument]) -> (
        declaration: CommandDeclaration, rest: ArraySlice<Argument>
    )? {
        let words: [String?] = finished.prefix(2).map { if case .word(let word) = $0 { word.literal } else { nil } }
        guard let first = words.first, let name = first else { return nil }
        let named = commands.commands(named: name)
        let isOneOfSeveral = named.contains { $0.words.count > 1 }
        let command = named.first {
            $0.words.count > 1 ? words.count > 1 && $0.isMeant(by: words[1]) : !isOneOfSeveral || words.count == 1
        }
        return command.map { ($0, finished.dropFirst($0.words.count)) }
    }

    /// The kind of the next value.
    private func kind(in command: CommandDeclaration, after arguments: ArraySlice<Argument>) -> AnyValueKind? {
        var position = 0
        var pending: AnyValueKind?
        for argument in arguments {
            let option = command.option(in: argument)
            switch argument {
            case .option(_, .some, _): pending = nil
            case .shortOption(_, .some, _) where option != nil: pending = nil
            case .option,
                .shortOption where option != nil:
                pending = option?.takesNextWord == true ? option?.value?.kind : nil
            case .word, .shortOption:
                if pending == nil { position += 1 }
                pending = nil
            }
        }
        if let pending { return pending }
        let declared = command.arguments
        if position < declared.count { return declared[position].kind }
        return declared.last.flatMap { $0.takesRest ? $0.kind : nil }
    }

    /// Words of other tools are completed, and not offered before one is begun.
    private func choiceWords(typed word: String) -> [String] {
        ["max", "min"] + (word.isEmpty ? [] : Selection.Choice.wordsForNewest + Selection.Choice.wordsForOldest)
    }

    private func candidates(for kind: AnyValueKind, _ typed: TypedText) -> [String] {
        let word = typed.text
        return switch kind.completion {
        case .none, .clusterOfPlace: []
        case .cluster: matching(word, Set(clusters.map(\.name)).sorted())
        case .namespace: matching(word, Set(clusters.compactMap(\.namespace)).sorted())
        case .choice: matching(word, choiceWords(typed: word) + backups.map(\.name))
        case .backupName: matching(word, backups.map(\.name))
        case .version: matching(word, Set(backups.compactMap(\.version)).sorted().map(\.description))
        case .node: matching(word, Set(backups.compactMap(\.node)).sorted())
        case .backupKind: matching(word, Set([Selection.anyKind] + backups.compactMap(\.kind)).sorted())
        case .file: paths(typed, foldersOnly: false)
        case .folder: paths(typed, foldersOnly: true)
        case .fact: facts(typed)
        case .oneOf(let names): matching(word, names)
        case .comparison: matching(word, Comparison.allCases.map(\.rawValue))
        case .topic: matching(word, commands.firstWords + HelpSubject.topics(commands))
        }
    }

    private func matching(_ word: String, _ candidates: [String]) -> [String] {
        candidates.filter { $0.hasPrefix(word) && $0.printable == $0 }.map { Word.quoted($0) }
    }

    private var variables: [String] {
        session.variables.keys.sorted().map { "$\($0)" }
            + Fact.all.filter(\.parameters.isEmpty).map { "${\($0.name)}" } + Self.factsOfThings.map { "${\($0)" }
    }

    /// What facts of things begin with: `file(`.
    private static let factsOfThings: [String] = {
        var starts: [String] = []
        for fact in Fact.all where !fact.parameters.isEmpty {
            let start = String(fact.name.prefix { $0 != ")" })
            if !starts.contains(start) { starts.append(start) }
        }
        return starts
    }()

    /// Facts of what the session has come to; of a thing first what begins them, then the file or the folder, then the
    /// rest.
    private func facts(_ typed: TypedText) -> [String] {
        guard let open = typed.text.firstIndex(of: "(") else {
            return matching(typed.text, Fact.all.filter(\.parameters.isEmpty).map(\.name) + Self.factsOfThings)
        }
        let start = typed.text[...open]
        let ofThing = Fact.all.filter { $0.name.hasPrefix(start) }
        guard let fact = ofThing.first, let parameter = fact.parameters.first else { return [] }
        let rest = String(typed.text[typed.text.index(after: open)...])
        if let close = rest.lastIndex(of: ")") {
            let named = start + rest[..<close]
            return ofThing.map { String(named) + $0.name.dropFirst(start.count) }.filter { $0.hasPrefix(typed.text) }
        }
        // What needs quotes is quoted within the parentheses, which is for a person to do.
        return candidates(for: parameter.kind, TypedText(text: rest)).filter { !$0.contains("'") && !$0.contains("\"") }
            .map { start + $0 }
    }

    // MARK: - The outside world

    private var clusters: [ClusterName] {
        guard let source = session.source else { return [] }
        return deadline.value { try await source.clusters().clusters } ?? []
    }

    private var backups: [Backup] {
        guard let source = session.source else { return [] }
        let chosen = session.sourceCluster ?? session.cluster
        let found: [Backup]? = deadline.value {
            // The session waits for this, so nothing here may wait for the session.
            var cluster = source.namesClusters ? chosen : nil
            if source.namesClusters, cluster == nil {
                guard !source.needsCluster else { return [] }
                let clusters = try await source.clusters().clusters
                guard clusters.count == 1 else { return [] }
                cluster = clusters[0]
            }
            return try await source.backups(of: cluster).backups
        }
        return found ?? []
    }

    private func paths(_ typed: TypedText, foldersOnly: Bool) -> [String] {
        let parts = PathParts(typed.text)
        let (folder, start) = (parts.lead, parts.name)
        let home = typed.isBelowHome ? session.dependencies.home : nil
        let typedPath = home.map { $0 + folder.dropFirst() } ?? (folder.isEmpty ? "." : folder)
        let path = (foldersOnly ? session.world?.place(of: typedPath) : nil) ?? typedPath
        let names = deadline.value { try await PathText.names(in: path, startingWith: start) } ?? []
        return names.compactMap { name, isFolder in
            guard name.hasPrefix(start), isFolder || !foldersOnly, name.printable == name,
                start.hasPrefix(".") || !name.hasPrefix(".")
            else { return nil }
            let text = folder + name + (isFolder ? "/" : "")
            return typed.isBelowHome ? "~/" + Word.quoted(String(text.dropFirst(2))) : Word.quoted(text)
        }
    }
}

extension CommandDeclaration {
    /// The option that stands there, in either form.
    fileprivate func option(in argument: Argument) -> OptionDeclaration? {
        switch argument {
        case .word: nil
        case .option(let name, _, _): options.first { $0.name == name }
        case .shortOption(let letter, _, _): options.first { $0.short == letter }
        }
    }
}

import Backups
import Language
import Text

/// Sorts a command's words into the arguments and options that its declaration names.
struct Binder {
    private let source: SourceFile
    private let commands: CommandTable
    private(set) var findings: [Diagnostic] = []

    /// The offsets of the `source` commands that lead to this script.
    private let outerOffsets: [Int]
    /// Whether the commands are typed at the prompt.
    private let isTyped: Bool
    /// The names of the clusters in the source in use, as far as they are known.
    private let clusters: [ClusterName]

    init(
        _ source: SourceFile,
        _ commands: CommandTable,
        outerOffsets: [Int] = [],
        isTyped: Bool,
        clusters: [ClusterName] = []
    ) {
        self.source = source
        self.clusters = clusters
        self.isTyped = isTyped
        self.outerOffsets = outerOffsets
        self.commands = commands
    }

    /// The bound command, or `nil` if a finding leaves none.
    mutating func bind(_ command: Command) -> BoundCommand? {
        guard let (declaration, words, otherNameSpan) = declaration(of: command) else { return nil }
        var bound = BoundCommand(
            declaration: declaration,
            source: source,
            span: command.span,
            otherNameSpan: otherNameSpan,
            path: CommandPath(outerOffsets: outerOffsets, offset: command.span.start)
        )
        let count = findings.count
        let positional = bindOptions(words, into: &bound)
        reportRedirection(in: positional, of: bound.declaration)
        reportPlace(in: positional, of: bound.declaration)
        if findings.count == count { checkOptions(of: bound) }
        // A mistyped option may be a misplaced argument: one finding is enough.
        if findings.count == count { bindArguments(positional, of: command, into: &bound) }
        return findings.count == count ? bound : nil
    }

    // MARK: - The declaration

    private typealias Meant = (CommandDeclaration, rest: ArraySlice<Argument>, otherNameSpan: Span?)

    private mutating func declaration(of command: Command) -> Meant? {
        let candidates = commands.commands(named: command.name)
        if candidates.isEmpty {
            let answer = ForeignWord.answer(to: command, in: source, commands, isTyped: isTyped)
            report(
                answer.message,
                command.nameSpan,
                hint: answer.hint,
                code: answer.isOfLanguage ? Self.absentCode : Self.usageCode
            )
            return nil
        }
        if candidates.count == 1, candidates[0].words.count == 1 {
            let isOther = candidates[0].name != command.name
            return (candidates[0], command.arguments[...], isOther ? command.nameSpan : nil)
        }
        let kinds = candidates.filter { $0.words.count > 1 }
        guard case .word(let word)? = command.arguments.first, !kinds.isEmpty else {
            return candidates.first { $0.words.count == 1 }.map { ($0, command.arguments[...], nil) }
        }
        if let kind = kinds.first(where: { $0.isMeant(by: word.literal) }) {
            let isOther = kind.words.last != word.literal
            return (
                kind, command.arguments.dropFirst(), isOther ? Span(command.nameSpan.start, word.span.end) : nil
            )
        }
        if let start = word.start, let owner = kinds.first(where: { $0.owns(start) }) {
            return (owner, command.arguments[...], command.nameSpan)
        }
        report(
            word.literal.map { "unknown: \(command.name) '\($0)'" }
                ?? "what follows '\(command.name)' can't be a variable",
            word.span,
            hint: word.literal.flatMap { hint(forUnknown: $0, among: kinds) }
                ?? "write: " + kinds.map(\.briefUsage).joined(separator: ", or: ")
        )
        return nil
    }

    /// What was meant by a word after the first one of several commands.
    private func hint(forUnknown word: String, among kinds: [CommandDeclaration]) -> String? {
        if kinds.contains(where: { $0.establishes.contains(.source) }),
            let cluster = clusters.first(where: { $0.name.hasSameBytes(as: word) })
        {
            return "it is a cluster here, write: \(cluster.command)"
        }
        if let hint = Suggestion.hint(for: word, among: kinds.map { $0.words[1] }) { return hint }
        if word.hasPrefix("file:///"), let owner = kinds.first(where: { $0.owns("/") }) {
            return "write: \(owner.name) \(Word.quoted(String(word.dropFirst("file://".count))))"
        }
        // `use backups`: a place that more than one of them can have.
        let takers = kinds.filter { !$0.argumentStarts.isEmpty && $0.arguments.first?.kind.mistake(in: word) == nil }
        if takers.isEmpty { return nil }
        return "write: " + takers.map { "\($0.name) \(Word.quoted(word))" }.joined(separator: ", or: ")
    }

    // MARK: - Options

    /// Options of the program that apply to all commands.
    private static func hintOfProgram(_ name: String) -> String? {
        [
            "json", "quiet", "check", "sarif", "confirmed", "params", "dry-run", "pin", "step", "transcript", "version",
        ].contains(name)
            ? "give it to the program itself: snapsh --\(name)" : nil
    }

    /// Binds the options, and returns the words that are left.
    private mutating func bindOptions(_ arguments: ArraySlice<Argument>, into bound: inout BoundCommand)
        -> [Word]
    {
        var words: [Word] = []
        var rest = arguments
        while let given = rest.popFirst() {
            guard let argument = spelledOut(given, bound.declaration) else { continue }
            guard case .option(let name, var value, let span) = argument else {
                if case .word(let word) = argument, !reportLetters(in: word, bound.declaration) { words.append(word) }
                continue
            }
            guard let option = bound.declaration.options.first(where: { $0.name == name }) else {
                let names = bound.declaration.options.map(\.name)
                report(
                    "'\(bound.declaration.name)' has no option --\(name)",
                    span,
                    hint: (name == "help" ? "write: help \(bound.declaration.name)" : nil) ?? Self.hintOfProgram(name)
                        ?? Suggestion.nearest(to: name, among: names).map { "did you mean '--\($0)'?" }
                        ?? ForeignOption.hint(for: name, of: bound.declaration, commands)
                        ?? (names.isEmpty
                            ? "it has no options; "
                                + (source.isCommandLine
                                    ? "put '--' before a word that begins with '--'"
                                    : "put a word that begins with '--' in quotes")
                            : "it has " + names.map { "--\($0)" }.joined(separator: ", "))
                )
                continue
            }
            if !option.isRepeatable, bound.options.contains(where: { $0.declaration.name == name }) {
                report("--\(name) is given twice", span)
                continue
            }
            switch (option.value, value) {
            case (nil, let word?):
                report("--\(name) takes no value", word.span)
            case (let declared?, nil) where !option.takesNextWord:
                if case .word(let word)? = rest.first, let text = word.literal, declared.kind.mistake(in: text) == nil {
                    report(
                        "--\(name) takes a value after '=' only",
                        word.span,
                        hint: "write: --\(name)=\(text); or put --\(name) at the end"
                    )
                }
            case (let declared?, nil):
                if case .word(let word)? = rest.first.flatMap({ spelledOut($0, bound.declaration) }) {
                    rest.removeFirst()
                    value = word
                } else {
                    report("--\(name) needs a value", span, hint: "write: --\(name) \(declared.name)")
                }
            default:
                break
            }
            bound.options.append((option, value))
        }
        return words
    }

    /// A short option as the option that it is short for, or as a word where the command has no short options; `nil`
    /// with a finding where it has others.
    private mutating func spelledOut(_ argument: Argument, _ declaration: CommandDeclaration) -> Argument? {
        guard case .shortOption(let letter, let value, let span) = argument else { return argument }
        if let option = declaration.options.first(where: { $0.short == letter }) {
            return .option(name: option.name, value: value, span: span)
        }
        let letters = declaration.options.compactMap { $0.short }
        if letter == "h", !declaration.arguments.contains(where: \.takesRest) {
            report("'\(declaration.name)' has no option -h", span, hint: "write: help \(declaration.name)")
            return nil
        }
        if letters.isEmpty {
            let takesFile = declaration.arguments.contains { $0.kind.completion.isPath }
            guard takesFile else { return .word(Argument.word(fromShortOption: letter, value, span)) }
            let meant = declaration.options.map(\.name).filter { $0.hasPrefix(letter) }
            report(
                "'\(declaration.name)' has no option -\(letter)",
                span,
                // '-o' is what other tools call the file.
                hint: meant.isEmpty || meant.count > 2 || letter == "o"
                    ? "write: \(declaration.briefUsage); a file of that name is ./-\(letter)"
                    : "write: " + meant.map { "--\($0)" }.joined(separator: ", or: ")
            )
            return nil
        }
        report(
            "'\(declaration.name)' has no option -\(letter)",
            span,
            hint: hint(forLetters: letter[...], among: letters, declaration)
        )
        return nil
    }

    /// Reports short options in one word, as other tools take them: `-la`, `-n5`. In quotes it is a text as any other.
    private mutating func reportLetters(in word: Word, _ declaration: CommandDeclaration) -> Bool {
        let letters = declaration.options.compactMap(\.short)
        guard !letters.isEmpty, let text = word.literal, text.hasPrefix("-"), text.utf8.count > 2,
            source.bytes[word.span.start] == UInt8(ascii: "-"), text.dropFirst().first?.isLetter == true
        else { return false }
        let letter = String(text.dropFirst().prefix(1))
        report(
            "'\(declaration.name)' has no option \(text)",
            word.span,
            hint: letters.contains(letter)
                ? "write: \(declaration.name) -\(letter) \(Word.shown(String(text.dropFirst(2))))"
                : hint(forLetters: text.dropFirst(), among: letters, declaration)
        )
        return true
    }

    private func hint(forLetters text: Substring, among letters: [String], _ declaration: CommandDeclaration) -> String
    {
        // What the system's 'ls' takes for more columns and another order.
        if declaration.name == CommandDeclaration.ls.name, text.allSatisfy({ "laAhrRtS1".contains($0) }) {
            return "write: ls; -n N lists only the newest N"
        }
        return "it has " + letters.map { "-\($0)" }.joined(separator: ", ")
            + (source.isCommandLine
                ? "; put '--' before the word if it is meant" : "; put the word in quotes if it is meant")
    }

    private mutating func checkOptions(of bound: BoundCommand) {
        if bound.options.isEmpty { return }
        let given = Set(bound.options.map(\.declaration.name))
        for (option, _) in bound.options {
            if let missing = option.goesWith().map(\.declaration.name).first(where: { !given.contains($0) }) {
                report(
                    "--\(option.name) needs --\(missing)",
                    bound.span,
                    hint: bound.declaration.hint(forMissing: missing)
                )
            }
            if let other = option.excludes().map(\.declaration.name).first(where: given.contains) {
                report(
                    "--\(option.name) and --\(other) can't be used together",
                    bound.span,
                    hint: "leave one of them out"
                )
            }
        }
    }

    // MARK: - Arguments

    /// Reports a sign that would send output into a file in other shells. In quotes it is a text as any other.
    private mutating func reportRedirection(in words: [Word], of declaration: CommandDeclaration) {
        if source.isCommandLine || declaration.staticEffect == .comparesFact { return }
        let sign = words.first { word in
            let text = source.bytes[word.span.start..<word.span.end]
            return [">", "1>", "2>"].contains { text.starts(with: $0.utf8) }
                || ["<", "<<"].contains { text.elementsEqual($0.utf8) }
        }
        guard let sign else { return }
        report(
            "there is no redirection",
            sign.span,
            hint: "redirect the whole run in the system's shell: snapsh FILE > OUTPUT; a text goes in quotes"
        )
    }

    /// What uses a folder and asks for what is in it, on the command line; `nil` where a command is about no source.
    private func lineForPlace(_ word: Word, _ declaration: CommandDeclaration) -> String? {
        guard source.isCommandLine, declaration.needs.contains(.source), declaration.arguments.isEmpty,
            let text = word.literal
        else { return nil }
        return [.source].wholeRun(
            of: declaration.name,
            commands,
            using: commands.sources.last?.command(Word.quoted(text))
        )
    }

    /// Reports a place where what is in the source in use is asked for: `ls /mnt/backups`.
    private mutating func reportPlace(in words: [Word], of declaration: CommandDeclaration) {
        guard declaration.needs.contains(.source), declaration.arguments.first?.kind.completion.isPath != true,
            let word = words.first, let start = word.literal ?? word.start,
            let owner = commands.all.first(where: { $0.establishes.contains(.source) && $0.owns(start) })
        else { return }
        let isChoice = declaration.establishes.contains(.pick)
        let place = String(decoding: source.bytes[word.span.start..<word.span.end], as: UTF8.self)
        let lines = "\(owner.name) \(place); \(declaration.name)\(isChoice ? " max" : "")"
        report(
            "'\(declaration.name)' takes no place: it is about the one in use",
            word.span,
            hint: "write: " + (source.isCommandLine ? "snapsh -c \(Word.quoted(lines))" : lines)
        )
    }

    private mutating func bindArguments(_ words: [Word], of command: Command, into bound: inout BoundCommand) {
        var declared = bound.declaration.arguments[...]
        var rest = words[...]
        while let word = rest.first, let argument = declared.first {
            if let introducer = argument.introducer {
                guard word.literal == introducer else {
                    if argument.isRequired { break }
                    declared.removeFirst()
                    continue
                }
                rest.removeFirst()
                guard let value = rest.first else {
                    report(
                        "\(argument.name) is missing after '\(introducer)'",
                        word.span,
                        hint: "write: \(bound.declaration.usage)"
                    )
                    return
                }
                bound.arguments.append((argument, value))
            } else {
                bound.arguments.append((argument, word))
            }
            rest.removeFirst()
            if !argument.takesRest { declared.removeFirst() }
        }
        if let (argument, word) = bound.arguments.first, let text = word.literal, let assignment = Assignment(text),
            [.setsVariable, .declaresParameter].contains(bound.declaration.staticEffect),
            let mistake = argument.kind.mistake(in: text)
        {
            // `set a=5`: the other words are part of the name.
            return report(mistake.message, word.span, hint: assignment.hint(bound.declaration.name, commands))
        }
        if let word = bound.arguments.first?.word, let text = word.literal,
            let mistake = ForeignArgument.mistake(in: text, of: bound.declaration)
        {
            return report(mistake.message, word.span, hint: mistake.hint)
        }
        if let missing = declared.first(where: \.isRequired),
            !(missing.takesRest && bound.words(of: missing).count > 0)
        {
            let sign = missing.introducer.map { "'\($0) \(missing.name)'" } ?? missing.name
            report(
                "'\(bound.declaration.name)' needs \(sign)",
                rest.first?.span ?? command.span,
                hint: "write: \(bound.declaration.usage)"
            )
        } else if let extra = rest.first {
            report(
                "'\(bound.declaration.name)' does not take this",
                extra.span,
                hint: ForeignOption.formOfValue(in: bound) ?? ForeignOption.line(meantBy: extra, of: bound.declaration)
                    ?? "write: " + (lineForPlace(extra, bound.declaration) ?? bound.declaration.usage)
            )
        }
    }

    private static let usageCode = "script.usage"
    /// What programs know by it: something that other languages have, and this one has not.
    static let absentCode = "script.absent"

    private mutating func report(_ message: String, _ span: Span, hint: String? = nil, code: String = usageCode) {
        findings.append(Diagnostic(message, code: code, at: span, in: source, hint: hint))
    }
}

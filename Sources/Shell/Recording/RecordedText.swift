import Language

/// The text of recorded commands as it was typed, with their own names, and with parameters for their clusters, paths
/// and secrets.
struct RecordedText {
    private let source: SourceFile
    private let secretLine: SecretLine
    private var replacements: [(span: Span, text: String)] = []
    /// Where the command that is looked at has secrets.
    private var secrets: [Range<Int>] = []
    private(set) var parameters: RunbookParameters
    /// Whether another run may take another backup, and replaces its file.
    private let replacesFiles: Bool

    init(
        of source: SourceFile,
        _ secretLine: SecretLine,
        _ parameters: RunbookParameters,
        replacesFiles: Bool
    ) {
        self.source = source
        self.replacesFiles = replacesFiles
        self.secretLine = secretLine
        self.parameters = parameters
    }

    /// The bytes of a span, with parameters for the words of the commands in it.
    ///
    /// - Parameter commands: Those in the span.
    mutating func text(of commands: [BoundCommand], in span: Span) -> String {
        replacements = []
        for command in commands { look(at: command) }
        var text: [UInt8] = []
        var position = span.start
        for (replaced, replacement) in replacements.sorted(by: { $0.span.start < $1.span.start }) {
            text += source.bytes[position..<replaced.start] + Array(replacement.utf8)
            position = replaced.end
        }
        return String(decoding: text + source.bytes[position..<span.end], as: UTF8.self).replacing("\r\n", with: "\n")
    }

    /// Whether a command gives a variable what looks like a secret.
    func setsSecret(_ command: BoundCommand) -> Bool {
        command.declaration.staticEffect == .setsVariable
            && command.words(of: SetArguments.value).first.map { word in
                secrets(in: command).contains { $0.overlaps(word.span.start..<word.span.end) }
            } == true
    }

    private mutating func look(at command: BoundCommand) {
        secrets = secrets(in: command)
        if replacesFiles, command.isGetWithoutForce {
            let end = command.span.end
            replacements.append((Span(end, end), " --\(GetArguments.force.declaration.name)"))
        }
        if let span = command.otherNameSpan { replacements.append((span, command.declaration.name)) }
        for (argument, word) in command.arguments { look(at: word, argument.kind, role: argument.name) }
        for (option, word) in command.options {
            if let word, let kind = option.value?.kind { look(at: word, kind, role: option.name) }
        }
    }

    private mutating func look(at word: Word, _ kind: AnyValueKind, role: String) {
        let typed = String(decoding: source.bytes[word.span.start..<word.span.end], as: UTF8.self)
        if kind.isFact, let thing = word.fact { return look(at: [thing]) }
        if kind.isSecret, isSecret(word) {
            replacements.append((word.span, "$\(parameters.name(ofSecret: typed, role: role))"))
        } else if word.variableNames.isEmpty, !isSecret(word),
            let name = parameters.name(of: word, typed: typed, kind.completion, role: role)
        {
            replacements.append((word.span, "$\(name)"))
        } else {
            look(at: word.variables)
        }
    }

    /// The words that name the things of facts.
    private mutating func look(at facts: [Variable]) {
        for variable in facts {
            for (parameter, word) in zip(Fact.byName[variable.name]?.parameters ?? [], variable.words) {
                look(at: word, parameter.kind, role: parameter.name)
            }
        }
    }

    private func isSecret(_ word: Word) -> Bool {
        secrets.contains { $0.overlaps(word.span.start..<word.span.end) }
    }

    private func secrets(in command: BoundCommand) -> [Range<Int>] {
        let start = command.span.start
        return secretLine.ranges(in: Array(source.bytes[start..<command.span.end])).map {
            ($0.lowerBound + start)..<($0.upperBound + start)
        }
    }
}

extension BoundCommand {
    /// Whether it is a `get` of a named file that replaces nothing.
    var isGetWithoutForce: Bool {
        declaration.name == CommandDeclaration.get.name && !has(GetArguments.force)
            && !words(of: GetArguments.file).isEmpty
    }
}

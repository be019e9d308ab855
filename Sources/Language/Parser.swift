/// Parses a whole text into a tree, and finds every mistake before anything runs.
package struct Parser {
    private var lexer: Lexer
    private var findings: [Diagnostic] = []

    private init(_ source: SourceFile) {
        self.lexer = Lexer(source)
    }

    /// After this many mistakes, parsing stops: the text was never meant to be a script.
    package static let maxFindingCount = 1000

    /// The tree of the valid parts, and every mistake in reading order (at most one a line).
    package static func parse(_ source: SourceFile) -> (script: Script, findings: [Diagnostic]) {
        var parser = Parser(source)
        var chains: [Chain] = []
        while parser.findings.count < maxFindingCount {
            do throws(Diagnostic) {
                guard let chain = try parser.parseChain() else { break }
                chains.append(chain)
            } catch {
                parser.findings.append(error)
                parser.lexer.skipLine()
            }
        }
        return (Script(source: source, chains: chains), parser.findings)
    }

    /// The next chain, after empty lines, or `nil` at the end of the text.
    private mutating func parseChain() throws(Diagnostic) -> Chain? {
        var (token, span) = try lexer.next()
        while case .endOfLine = token { (token, span) = try lexer.next() }
        if case .endOfText = token { return nil }

        var (command, end) = try parseCommand(from: token, span)
        var chain = Chain(first: command, rest: [])
        while true {
            let connector: Connector
            switch end.token {
            case .and: connector = .and
            case .or: connector = .or
            default: return chain
            }
            let (token, span) = try lexer.next()
            if token.isEnd {
                findings.append(
                    Diagnostic(
                        "a command is missing after this",
                        at: end.span,
                        in: lexer.source,
                        hint: "end the line with '\\' to continue it on the next one"
                    )
                )
                return chain
            }
            (command, end) = try parseCommand(from: token, span)
            chain.rest.append(Chain.Link(connector: connector, command: command))
        }
    }

    /// A command from its first token, and the token that ended it.
    private mutating func parseCommand(
        from token: Token,
        _ span: Span
    ) throws(Diagnostic) -> (Command, end: (token: Token, span: Span)) {
        var command: Command
        switch token {
        case .word(let word):
            guard let name = word.literal else {
                throw Diagnostic(
                    "a command's name can't be a variable",
                    at: word.span,
                    in: lexer.source,
                    hint: "values never become commands"
                )
            }
            command = Command(name: name, nameSpan: word.span, arguments: [], span: span)
        case .shellEscape(let text):
            let word = Word(parts: [.text(text)], span: Span(span.start + 1, span.end))
            let nameSpan = Span(span.start, span.start + 1)
            command = Command(name: "!", nameSpan: nameSpan, arguments: [.word(word)], span: span)
        case .option(let name, _):
            throw Diagnostic("an option, --\(name), stands where a command begins", at: span, in: lexer.source)
        case .shortOption(let letter, _):
            throw Diagnostic("an option, -\(letter), stands where a command begins", at: span, in: lexer.source)
        default:
            throw Diagnostic("a command is missing before this", at: span, in: lexer.source)
        }

        while true {
            let (token, span) = try lexer.next()
            switch token {
            case .word(let word):
                command.arguments.append(.word(word))
            case .option(let name, let value):
                command.arguments.append(.option(name: name, value: value, span: span))
            case .shortOption(let letter, let value):
                command.arguments.append(.shortOption(letter, value: value, span: span))
            default:
                return (command, (token, span))
            }
            command.span.end = span.end
        }
    }
}

extension Token {
    fileprivate var isEnd: Bool {
        switch self {
        case .endOfLine, .endOfText: true
        default: false
        }
    }
}

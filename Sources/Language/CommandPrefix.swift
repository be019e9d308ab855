/// The command that is being typed, up to the cursor. The lexer splits it like a whole text, and accepts an
/// unfinished end.
package struct CommandPrefix: Sendable {
    /// The command's name and the words after it, without the one at the cursor.
    package private(set) var finished: [Argument] = []
    package private(set) var current = Current.nothing

    /// The element at the cursor, or directly before it.
    package enum Current: Sendable {
        /// A word; an empty one if none has begun.
        case word(Word)
        /// An option's name, without the leading `--`.
        case optionName(String, Span)
        /// The value after `--name=`.
        case optionValue(name: String, Word)
        /// A comment, a command for the system's shell, or invalid text.
        case nothing
    }

    /// - Parameter text: The text before the cursor.
    package init(_ text: String) {
        let source = SourceFile(name: "prompt", text: text)
        let end = source.bytes.count
        var lexer = Lexer(source, isBeingTyped: true)
        while true {
            do throws(Diagnostic) {
                let (token, span) = try lexer.next()
                switch token {
                case .word(let word):
                    if span.end == end {
                        current = .word(word)
                        return
                    }
                    finished.append(.word(word))
                case .option(let name, let value):
                    if span.end == end {
                        current = value.map { .optionValue(name: name, $0) } ?? .optionName(name, span)
                        return
                    }
                    finished.append(.option(name: name, value: value, span: span))
                case .shortOption(let letter, let value):
                    if span.end == end {
                        current = .word(Argument.word(fromShortOption: letter, value, span))
                        return
                    }
                    finished.append(.shortOption(letter, value: value, span: span))
                case .semicolon, .and, .or, .endOfLine:
                    finished = []
                case .shellEscape:
                    if span.end == end { return }
                case .endOfText:
                    if !lexer.endsInComment { current = .word(Word(parts: [], span: Span(end, end))) }
                    return
                }
            } catch {
                lexer.skipLine()
                finished = []
                if lexer.offset >= end { return }
            }
        }
    }
}

extension Variable {
    /// Whether the cursor is directly after the name, so that the name is being typed.
    package func isNameUnfinished(in text: String) -> Bool {
        guard case .mistake = otherwise else { return false }
        return text.utf8.dropFirst(span.start).prefix(span.end - span.start).last != UInt8(ascii: "}")
    }
}

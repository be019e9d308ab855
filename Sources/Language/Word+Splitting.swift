extension Word {
    /// The words of a text, with the quotes and escapes of the language and without the rest of it: nothing ends a
    /// command, begins a comment or is an option. For a program that is started without a shell.
    ///
    /// - Throws: `Diagnostic` where the text is no list of words, or has a variable.
    package static func words(of text: String) throws(Diagnostic) -> [Word] {
        let source = SourceFile(name: "", text: text)
        var lexer = Lexer(source)
        var words: [Word] = []
        while let byte = lexer.peek() {
            if byte == UInt8(ascii: " ") || byte == .tab {
                lexer.offset += 1
                continue
            }
            let word = try lexer.scanWord()
            guard word.span.end > word.span.start else {
                let sign = String(decoding: source.bytes[lexer.offset...lexer.offset], as: UTF8.self)
                throw lexer.finding(
                    "a '\(sign)' has no meaning here: no shell reads it",
                    lexer.offset,
                    lexer.offset + 1,
                    hint: "put it in quotes within the text"
                )
            }
            for part in word.parts {
                guard case .variable(let variable) = part else { continue }
                throw lexer.finding(
                    "a variable can't stand in this text",
                    word.span.start,
                    word.span.end,
                    hint: "put the whole text in double quotes, and '$\(variable.name)' in single quotes within them"
                )
            }
            words.append(word)
        }
        return words
    }
}

extension Script {
    /// One command whose words come from outside the language, as from the system's shell: each is taken as it is,
    /// whatever characters are in it. Options are told from words by their hyphens; after `--` all are words.
    ///
    /// - Parameters:
    ///   - words: The command's name first; with none of them there is nothing to run.
    ///   - name: What findings call it.
    ///   - shown: How a word stands in the line that findings show.
    package init(words: some Sequence<String>, name: String, shown: (String) -> String) {
        var line = ""
        var spans: [(word: String, span: Span)] = []
        for word in words {
            if !line.isEmpty { line += " " }
            let start = line.utf8.count
            line += shown(word)
            spans.append((word, Span(start, line.utf8.count)))
        }
        source = SourceFile(name: name, text: line, isCommandLine: true)
        chains = []
        guard let (first, nameSpan) = spans.first else { return }
        var command = Command(name: first, nameSpan: nameSpan, arguments: [], span: Span(0, line.utf8.count))
        var hasOptions = true
        for (word, span) in spans.dropFirst() {
            if word == "--", hasOptions {
                hasOptions = false
            } else {
                command.arguments.append(hasOptions ? Argument(word, span) : .word(Word(word, span)))
            }
        }
        chains = [Chain(first: command, rest: [])]
    }
}

extension Argument {
    fileprivate init(_ word: String, _ span: Span) {
        let bytes = Array(word.utf8)
        if word.hasPrefix("--") {
            let name = word.dropFirst(2).prefix { $0 != "=" }
            let value = word.dropFirst(2 + name.count)
            self = .option(
                name: String(name),
                value: value.isEmpty ? nil : Word(String(value.dropFirst()), span),
                span: span
            )
        } else if bytes.count >= 2, bytes[0] == UInt8(ascii: "-"), bytes[1].isLetter,
            bytes.count == 2 || bytes[2] == UInt8(ascii: "=")
        {
            self = .shortOption(
                String(UnicodeScalar(bytes[1])),
                value: bytes.count == 2 ? nil : Word(String(decoding: bytes[3...], as: UTF8.self), span),
                span: span
            )
        } else {
            self = .word(Word(word, span))
        }
    }
}

extension Word {
    /// A word that is one text.
    package init(_ text: String, _ span: Span) {
        self.init(parts: [.text(text)], span: span)
    }
}

extension Word {
    /// The text that it begins with, up to its first variable; `nil` where it begins with one.
    package var start: String? {
        var text: String?
        for part in parts {
            switch part {
            case .text(let piece): text = (text ?? "") + piece
            case .home: text = "~"
            case .variable: return text
            }
        }
        return text
    }
}

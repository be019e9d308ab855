/// Facts of things: `file(out.db).verified`, in which the words are quoted and filled in as anywhere.
extension Lexer {
    /// No fact is of more things, and none needs to be that deep in another one: what is beyond is no fact, however
    /// long the line.
    private static let (maxWordCount, maxDepth) = (4, 4)

    /// A word that is a fact of a thing as a whole; `nil` where it is none, which is then a word like any other.
    mutating func scanFactWord() -> Word? {
        let start = offset
        do throws(Diagnostic) {
            let name = scanName(withDots: true)
            if !name.isEmpty, peek() == UInt8(ascii: "("), !isUnfinished {
                let thing = try scanThing(named: name, from: start)
                if isWordEnd(), !isUnfinished || !thing.words.isEmpty {
                    let span = Span(start, offset)
                    return Word(
                        parts: parts(of: thing.words, in: span),
                        span: span,
                        fact: Variable(name: thing.fact, words: thing.words, span: span)
                    )
                }
            }
        } catch {
            // As a plain word it may be right, or what is wrong with it shows there.
        }
        offset = start
        return nil
    }

    /// What follows the name: `(word, word).name`.
    ///
    /// - Returns: The fact's name without the words, and the words.
    mutating func scanThing(
        named name: String,
        from start: Int
    ) throws(Diagnostic) -> (fact: String, words: [Word]) {
        let usage = "write it as file(PATH).verified"
        thingDepth += 1
        defer { thingDepth -= 1 }
        guard thingDepth <= Self.maxDepth else {
            throw finding("too many facts lie in each other here", start, offset)
        }
        offset += 1
        var words: [Word] = []
        while true {
            try skipSpaces()
            let word = try scanWord(isOfThing: true)
            if isUnfinished { return (name, []) }
            if !word.parts.isEmpty { words.append(word) }
            try skipSpaces()
            let sign = peek()
            let isListed = sign == UInt8(ascii: ",") || sign == UInt8(ascii: ")")
            guard !word.parts.isEmpty, isListed, words.count <= Self.maxWordCount else {
                if isUnfinished { return (name, []) }
                let problem =
                    word.parts.isEmpty
                    ? "a word is missing in '\(name)(…)'"
                    : isListed ? "'\(name)(…)' has too many words" : "'\(name)(…' is not closed"
                throw finding(problem, start, offset, hint: usage)
            }
            offset += 1
            if sign == UInt8(ascii: ")") { break }
        }
        guard peek() == UInt8(ascii: ".") else {
            if isUnfinished { return (name, []) }
            throw finding("'.' and a name are missing after '\(name)(…)'", start, offset, hint: usage)
        }
        offset += 1
        let nameStart = offset
        while let byte = peek(), byte.isNameByte || byte == UInt8(ascii: "-") { offset += 1 }
        let property = String(decoding: bytes[nameStart..<offset], as: UTF8.self)
        if property.isEmpty, !isUnfinished {
            throw finding("a name is missing after '\(name)(…).'", start, offset, hint: usage)
        }
        return ("\(name)().\(property)", words)
    }

    private mutating func skipSpaces() throws(Diagnostic) {
        while let byte = peek() {
            if byte == UInt8(ascii: " ") || byte == .tab {
                offset += 1
            } else if byte == UInt8(ascii: "\\") {
                guard try skipContinuation() else { return }
            } else {
                return
            }
        }
    }

    /// The same word where no fact is meant: as it was written, with its variables.
    private func parts(of words: [Word], in span: Span) -> [Word.Part] {
        var parts: [Word.Part] = []
        var position = span.start
        for word in words {
            parts.append(.text(String(decoding: bytes[position..<word.span.start], as: UTF8.self)))
            parts += word.parts
            position = word.span.end
        }
        parts.append(.text(String(decoding: bytes[position..<span.end], as: UTF8.self)))
        return parts
    }
}

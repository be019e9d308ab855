/// Variables: `$name`, `${name}`, `${name:-default}` and `${name:?message}`, where a name may be a fact's.
extension Lexer {
    mutating func scanVariable() throws(Diagnostic) -> Variable {
        let start = offset
        offset += 1
        guard peek() == UInt8(ascii: "{") else {
            let name = scanName(withDots: false)
            guard !name.isEmpty || isUnfinished else {
                throw finding(
                    peek() == UInt8(ascii: "(")
                        ? "a command inside a command is not part of the language"
                        : "a variable's name is missing after '$'",
                    start,
                    offset,
                    hint: "write \\$ for a dollar sign"
                )
            }
            return Variable(name: name, otherwise: .mistake, span: Span(start, offset))
        }
        offset += 1
        var name = scanName(withDots: true)
        guard !name.isEmpty || isUnfinished else {
            throw finding("a variable's name is missing after '${'", start, offset)
        }
        var words: [Word] = []
        if peek() == UInt8(ascii: "(") {
            let thing = try scanThing(named: name, from: start)
            if isUnfinished { return Variable(name: name, span: Span(start, offset)) }
            (name, words) = (thing.fact, thing.words)
        }
        var otherwise = Variable.Otherwise.mistake
        if peek() == UInt8(ascii: ":"), peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "?") {
            let isDefault = peek(1) == UInt8(ascii: "-")
            offset += 2
            let text = try scanAlternative(of: name, from: start)
            otherwise = isDefault ? .text(text) : .message(text)
        }
        if isUnfinished {
            return Variable(name: name, words: words, otherwise: otherwise, span: Span(start, offset))
        }
        guard peek() == UInt8(ascii: "}") else {
            throw finding(
                "'${\(name)' is not closed",
                start,
                offset,
                hint: "write ${name}, ${name:-default} or ${name:?message}"
            )
        }
        offset += 1
        return Variable(name: name, words: words, otherwise: otherwise, span: Span(start, offset))
    }

    mutating func scanName(withDots: Bool) -> String {
        let start = offset
        while let byte = peek(), byte.isNameByte || withDots && byte == UInt8(ascii: ".") {
            if offset == start, byte.isDigit { break }
            offset += 1
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// The plain text up to the brace that closes a variable.
    private mutating func scanAlternative(of name: String, from start: Int) throws(Diagnostic) -> String {
        var text: [UInt8] = []
        while let byte = peek(), byte != .newline, byte != UInt8(ascii: "}") {
            if byte == UInt8(ascii: "$") {
                throw finding(
                    "the text after '${\(name):' can't hold a variable",
                    offset,
                    offset + 1,
                    hint: "write \\$ for a dollar sign"
                )
            }
            if byte == UInt8(ascii: "\\"), let next = peek(1), "}\\$\"".utf8.contains(next) {
                text.append(next)
                offset += 2
            } else {
                try scanCharacter(into: &text, inQuotes: true)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Words: quotes, escapes and literal characters.
extension Lexer {
    /// - Parameter isOfThing: Whether it names a thing that a fact is of, and ends with a comma or a parenthesis, too.
    mutating func scanWord(mayBeEmpty: Bool = false, isOfThing: Bool = false) throws(Diagnostic) -> Word {
        let start = offset
        var parts: [Word.Part] = []
        var text: [UInt8] = []
        var isQuoted = mayBeEmpty

        if peek() == UInt8(ascii: "~"), peek(1) == UInt8(ascii: "/") {
            offset += 1
            parts.append(.home)
        }
        while let byte = peek(), !isWordEnd() {
            if isOfThing, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") { break }
            switch byte {
            case UInt8(ascii: "'"):
                isQuoted = true
                try scanSingleQuoted(into: &text)
            case UInt8(ascii: "\""):
                isQuoted = true
                try scanDoubleQuoted(into: &text, &parts)
            case UInt8(ascii: "$"):
                let variable = try scanVariable()
                Self.flush(&text, into: &parts)
                parts.append(.variable(variable))
            case UInt8(ascii: "\\"):
                try scanEscape(into: &text)
            default:
                try scanCharacter(into: &text)
            }
        }
        Self.flush(&text, into: &parts)
        if parts.isEmpty, isQuoted { parts.append(.text("")) }
        return Word(parts: parts, span: Span(start, offset))
    }

    private mutating func scanSingleQuoted(into text: inout [UInt8]) throws(Diagnostic) {
        let start = offset
        offset += 1
        while let byte = peek(), byte != .newline {
            if byte == UInt8(ascii: "'") {
                offset += 1
                return
            }
            try scanCharacter(into: &text, inQuotes: true)
        }
        if isUnfinished { return }
        throw finding("this quote is not closed on its line", start, start + 1)
    }

    private mutating func scanDoubleQuoted(
        into text: inout [UInt8],
        _ parts: inout [Word.Part]
    ) throws(Diagnostic) {
        let start = offset
        offset += 1
        while let byte = peek(), byte != .newline {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return
            case UInt8(ascii: "$"):
                let variable = try scanVariable()
                Self.flush(&text, into: &parts)
                parts.append(.variable(variable))
            case UInt8(ascii: "\\"):
                guard try !skipContinuation(), !skipUnfinishedEscape() else { continue }
                guard let next = peek(1), "\"\\$".utf8.contains(next) else {
                    throw finding(
                        "in double quotes '\\' stands before '\"', '$' or '\\' only",
                        offset,
                        endOfCharacter(at: offset + 1),
                        hint: "write '\\\\' for a backslash"
                    )
                }
                text.append(next)
                offset += 2
            default:
                try scanCharacter(into: &text, inQuotes: true)
            }
        }
        if isUnfinished { return }
        throw finding("this quote is not closed on its line", start, start + 1)
    }

    /// A backslash in a bare word: it makes the next special character literal.
    private mutating func scanEscape(into text: inout [UInt8]) throws(Diagnostic) {
        guard try !skipContinuation(), !skipUnfinishedEscape() else { return }
        guard let next = peek(1), " \t\\'\"$#;&|~!<>(){}*?[]=-,".utf8.contains(next) else {
            throw finding(
                "'\\' has no meaning before this character",
                offset,
                endOfCharacter(at: offset + 1),
                hint: "write '\\\\' for a backslash"
            )
        }
        text.append(next)
        offset += 2
    }

    /// Skips a backslash at the end of a text that is still being typed.
    private mutating func skipUnfinishedEscape() -> Bool {
        offset += 1
        if isUnfinished { return true }
        offset -= 1
        return false
    }

    /// One literal character.
    mutating func scanCharacter(into text: inout [UInt8], inQuotes: Bool = false) throws(Diagnostic) {
        let byte = bytes[offset]
        if byte < 0x80 {
            guard byte >= 0x20 && byte != 0x7F || byte == .tab else {
                let digits = String(byte, radix: 16, uppercase: true)
                throw finding(
                    byte == .carriageReturn
                        ? "a carriage return stands in the middle of a line"
                        : "a control character (U+\(digits.count < 2 ? "000" : "00")\(digits)) can't stand in a script",
                    offset,
                    offset + 1
                )
            }
            text.append(byte)
            offset += 1
            return
        }
        let end = endOfCharacter(at: offset)
        if !inQuotes, let meant = Self.lookalikes[String(decoding: bytes[offset..<end], as: UTF8.self)] {
            throw finding(
                "this is not the character that it looks like, as after copying from a document",
                offset,
                end,
                hint: "type \(meant); if it is meant, put it in quotes"
            )
        }
        text.append(contentsOf: bytes[offset..<end])
        offset = end
    }

    /// Typographic characters that word processors and web pages put in place of the language's own.
    private static let lookalikes = [
        "\u{2018}": "a straight quote, '", "\u{2019}": "a straight quote, '",
        "\u{201C}": "a straight quote, \"", "\u{201D}": "a straight quote, \"",
        "\u{2013}": "--", "\u{2014}": "--", "\u{00A0}": "a plain space",
    ]

    private static func flush(_ text: inout [UInt8], into parts: inout [Word.Part]) {
        guard !text.isEmpty else { return }
        parts.append(.text(String(decoding: text, as: UTF8.self)))
        text.removeAll(keepingCapacity: true)
    }
}

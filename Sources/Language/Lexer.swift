/// What the parser sees of a text.
enum Token {
    case word(Word)
    case option(name: String, value: Word?)
    /// `!` where a command begins: all that follows on its line, for the system's shell.
    case shellEscape(String)
    case semicolon
    case and
    case or
    case endOfLine
    case endOfText
}

/// Takes a text apart into tokens, in one pass over its bytes.
struct Lexer {
    let source: SourceFile
    private let bytes: [UInt8]
    private(set) var offset: Int
    private var isAtCommandStart = true

    init(_ source: SourceFile) {
        self.source = source
        self.bytes = source.bytes
        self.offset = source.byteOrderMarkByteCount
    }

    /// The next token and where it stands.
    mutating func next() throws(Diagnostic) -> (token: Token, span: Span) {
        try skipBlanks()
        let start = offset
        let token = try scan()
        switch token {
        case .word, .option: isAtCommandStart = false
        default: isAtCommandStart = true
        }
        return (token, Span(start, offset))
    }

    /// Goes to the end of the line, joined lines included, so that one mistake does not lead to a second finding.
    mutating func skipLine() {
        while let byte = peek(), byte != .newline || isContinued { offset += 1 }
        isAtCommandStart = true
    }

    /// Whether the line end at `offset` has a backslash before it.
    private var isContinued: Bool {
        let last = offset > 0 && bytes[offset - 1] == .carriageReturn ? offset - 2 : offset - 1
        return last >= 0 && bytes[last] == UInt8(ascii: "\\")
    }

    private mutating func scan() throws(Diagnostic) -> Token {
        guard let byte = peek() else { return .endOfText }
        switch byte {
        case .newline:
            offset += 1
            return .endOfLine
        case UInt8(ascii: ";"):
            offset += 1
            return .semicolon
        case UInt8(ascii: "&"):
            return try scanPair(byte, .and, hint: "'&&' goes on if the command before it succeeded")
        case UInt8(ascii: "|"):
            return try scanPair(byte, .or, hint: "'||' goes on if the command before it failed; there are no pipes")
        case UInt8(ascii: "!") where isAtCommandStart:
            return scanShellEscape()
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
            return try scanOption()
        default:
            return .word(try scanWord())
        }
    }

    private mutating func scanPair(_ byte: UInt8, _ token: Token, hint: String) throws(Diagnostic) -> Token {
        guard peek(1) == byte else {
            let sign = String(UnicodeScalar(byte))
            throw finding("a single '\(sign)' has no meaning here", offset, offset + 1, hint: hint)
        }
        offset += 2
        return token
    }

    private mutating func scanShellEscape() -> Token {
        let start = offset + 1
        while let byte = peek(), byte != .newline { offset += 1 }
        let end = offset > start && bytes[offset - 1] == .carriageReturn ? offset - 1 : offset
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return .shellEscape(String(text.trimmingPrefix(while: { $0 == " " || $0 == "\t" })))
    }

    private mutating func scanOption() throws(Diagnostic) -> Token {
        let start = offset
        offset += 2
        let nameStart = offset
        while let byte = peek(), byte.isNameByte || byte == UInt8(ascii: "-") { offset += 1 }
        let name = String(decoding: bytes[nameStart..<offset], as: UTF8.self)
        if name.isEmpty {
            throw finding(
                "an option's name is missing after '--'",
                start,
                offset,
                hint: "put a word that begins with '--' in quotes"
            )
        }
        guard peek() == UInt8(ascii: "=") else {
            if !isWordEnd() {
                throw finding(
                    "this character can't stand in an option's name",
                    offset,
                    endOfCharacter(at: offset),
                    hint: "options are written --name, --name=value or --name value"
                )
            }
            return .option(name: name, value: nil)
        }
        offset += 1
        return .option(name: name, value: try scanWord(mayBeEmpty: true))
    }
}

// MARK: - Words

extension Lexer {
    private mutating func scanWord(mayBeEmpty: Bool = false) throws(Diagnostic) -> Word {
        let start = offset
        var parts: [Word.Part] = []
        var text: [UInt8] = []
        var isQuoted = mayBeEmpty

        if peek() == UInt8(ascii: "~"), peek(1) == UInt8(ascii: "/") || isWordEnd(1) {
            offset += 1
            parts.append(.home)
        }
        while let byte = peek(), !isWordEnd() {
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
                guard try !skipContinuation() else { continue }
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
        throw finding("this quote is not closed on its line", start, start + 1)
    }

    /// A backslash in a bare word: before a sign that means something it takes the meaning away.
    private mutating func scanEscape(into text: inout [UInt8]) throws(Diagnostic) {
        guard try !skipContinuation() else { return }
        guard let next = peek(1), " \t\\'\"$#;&|~!<>(){}*?[]=-".utf8.contains(next) else {
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

    /// One character that means itself.
    private mutating func scanCharacter(into text: inout [UInt8], inQuotes: Bool = false) throws(Diagnostic) {
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

    /// What word processors and web pages make of the signs of the language.
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

// MARK: - Variables

extension Lexer {
    private mutating func scanVariable() throws(Diagnostic) -> Variable {
        let start = offset
        offset += 1
        guard peek() == UInt8(ascii: "{") else {
            let name = scanName(withDots: false)
            guard !name.isEmpty else {
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
        let name = scanName(withDots: true)
        guard !name.isEmpty else {
            throw finding("a variable's name is missing after '${'", start, offset)
        }
        var otherwise = Variable.Otherwise.mistake
        if peek() == UInt8(ascii: ":"), peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "?") {
            let isDefault = peek(1) == UInt8(ascii: "-")
            offset += 2
            let text = try scanAlternative(of: name, from: start)
            otherwise = isDefault ? .text(text) : .message(text)
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
        return Variable(name: name, otherwise: otherwise, span: Span(start, offset))
    }

    private mutating func scanName(withDots: Bool) -> String {
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

// MARK: - Bytes

extension Lexer {
    /// Passes over what separates words: spaces, tabs, a final backslash with its line's end, and a comment.
    private mutating func skipBlanks() throws(Diagnostic) {
        while let byte = peek() {
            if byte == UInt8(ascii: " ") || byte == .tab {
                offset += 1
            } else if byte == UInt8(ascii: "\\") {
                guard try skipContinuation() else { return }
            } else if byte == .carriageReturn, peek(1) == nil || peek(1) == .newline {
                offset += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = peek(), byte != .newline { offset += 1 }
            } else {
                return
            }
        }
    }

    /// Passes over a backslash that ends its line, and the line's end.
    private mutating func skipContinuation() throws(Diagnostic) -> Bool {
        var end = offset + 1
        if end < bytes.count, bytes[end] == .carriageReturn { end += 1 }
        if end >= bytes.count {
            throw finding(
                "the text ends after '\\', which joins the next line",
                offset,
                offset + 1,
                isIncomplete: true
            )
        }
        guard bytes[end] == .newline else { return false }
        offset = end + 1
        return true
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        let index = offset + distance
        return index < bytes.count ? bytes[index] : nil
    }

    private func isWordEnd(_ distance: Int = 0) -> Bool {
        switch peek(distance) {
        case nil, UInt8(ascii: " "), .tab, .newline, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): true
        case .carriageReturn: peek(distance + 1) == nil || peek(distance + 1) == .newline
        default: false
        }
    }

    private func endOfCharacter(at start: Int) -> Int {
        var end = min(start + 1, bytes.count)
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    private func finding(
        _ message: String,
        _ start: Int,
        _ end: Int,
        hint: String? = nil,
        isIncomplete: Bool = false
    ) -> Diagnostic {
        Diagnostic(message, at: Span(start, end), in: source, hint: hint, isIncomplete: isIncomplete)
    }
}

extension UInt8 {
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let tab = UInt8(ascii: "\t")

    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    fileprivate var isNameByte: Bool {
        isDigit || self == UInt8(ascii: "_")
            || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")
            || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
    }
}

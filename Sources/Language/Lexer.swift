/// A token of the language.
enum Token {
    case word(Word)
    case option(name: String, value: Word?)
    case shortOption(String, value: Word?)
    /// `!` at the start of a command, with the rest of its line for the system's shell.
    case shellEscape(String)
    case semicolon
    case and
    case or
    case endOfLine
    case endOfText
}

/// Splits a text into tokens, in one pass over its bytes.
struct Lexer {
    let source: SourceFile
    let bytes: [UInt8]
    var offset: Int
    private var isAtCommandStart = true
    /// Whether the text is still being typed: an unfinished end is accepted.
    private let isBeingTyped: Bool
    /// How many facts of things the one that is being scanned lies in.
    var thingDepth = 0
    /// Whether the text ends in a comment; known at its end.
    private(set) var endsInComment = false

    init(_ source: SourceFile, isBeingTyped: Bool = false) {
        self.source = source
        self.isBeingTyped = isBeingTyped
        self.bytes = source.bytes
        self.offset = source.byteOrderMarkByteCount
    }

    /// The next token and its span.
    mutating func next() throws(Diagnostic) -> (token: Token, span: Span) {
        try skipBlanks()
        let start = offset
        let token = try scan()
        switch token {
        case .word, .option, .shortOption: isAtCommandStart = false
        default: isAtCommandStart = true
        }
        return (token, Span(start, offset))
    }

    /// Skips to the end of the line, joined lines included, so that one mistake gives one finding.
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
            return try scanPair(byte, .and, hint: "'&&' runs the next command if the one before it succeeded")
        case UInt8(ascii: "|"):
            return try scanPair(
                byte,
                .or,
                hint: "'||' runs the next command if the one before it failed; there are no pipes"
            )
        case UInt8(ascii: "!") where isAtCommandStart:
            return scanShellEscape()
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
            return try scanOption()
        case UInt8(ascii: "-") where peek(1)?.isLetter == true && isWordEnd(2):
            offset += 2
            return .shortOption(String(UnicodeScalar(bytes[offset - 1])), value: nil)
        case UInt8(ascii: "-") where peek(1)?.isLetter == true && peek(2) == UInt8(ascii: "="):
            offset += 3
            return .shortOption(String(UnicodeScalar(bytes[offset - 2])), value: try scanWord(mayBeEmpty: true))
        default:
            if let fact = scanFactWord() { return .word(fact) }
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
        if name.isEmpty, !isUnfinished {
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
                    hint: "options are written --option, --option=value or --option value"
                )
            }
            return .option(name: name, value: nil)
        }
        offset += 1
        return .option(name: name, value: try scanWord(mayBeEmpty: true))
    }
}

// MARK: - Bytes

extension Lexer {
    /// Skips what separates words: spaces, tabs, a final backslash with its line end, and a comment.
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
                endsInComment = peek() == nil
            } else {
                return
            }
        }
    }

    /// Skips a backslash at a line end, and the line end.
    mutating func skipContinuation() throws(Diagnostic) -> Bool {
        var end = offset + 1
        if end < bytes.count, bytes[end] == .carriageReturn { end += 1 }
        if end >= bytes.count {
            if isBeingTyped { return false }
            throw finding(
                "the text ends after '\\', which continues the line",
                offset,
                offset + 1,
                isIncomplete: true
            )
        }
        guard bytes[end] == .newline else { return false }
        offset = end + 1
        return true
    }

    /// Whether this is the end of a text that is still being typed.
    var isUnfinished: Bool { isBeingTyped && offset >= bytes.count }

    func peek(_ distance: Int = 0) -> UInt8? {
        let index = offset + distance
        return index < bytes.count ? bytes[index] : nil
    }

    func isWordEnd(_ distance: Int = 0) -> Bool {
        switch peek(distance) {
        case nil, UInt8(ascii: " "), .tab, .newline, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): true
        case .carriageReturn: peek(distance + 1) == nil || peek(distance + 1) == .newline
        default: false
        }
    }

    func endOfCharacter(at start: Int) -> Int {
        var end = min(start + 1, bytes.count)
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    func finding(
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
    package static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    package static let tab = UInt8(ascii: "\t")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isLetter: Bool {
        self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
    }

    package var isNameByte: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
}

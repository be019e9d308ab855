/// The part of a line before the cursor, taken apart as far as completion needs it, however unfinished it is.
struct LinePrefix {
    /// The finished words of the command that is being typed, quotes and escapes taken away.
    private(set) var words: [String] = []
    /// Where the word begins that is being typed, as an offset in UTF-8; the end where none is begun.
    private(set) var wordStart: Int
    /// That word's text so far, quotes and escapes taken away.
    private(set) var word = ""
    /// Whether nothing can be completed: in a comment, or in a command for the system's shell.
    private(set) var isOpaque = false

    private enum Quote {
        case none
        case single
        case double
    }

    init(_ line: String) {
        let bytes = Array(line.utf8)
        var text: [UInt8] = []
        var isInWord = false
        var quote = Quote.none
        var offset = 0
        wordStart = bytes.count

        while offset < bytes.count {
            let byte = bytes[offset]
            switch (quote, byte) {
            case (.single, UInt8(ascii: "'")), (.double, UInt8(ascii: "\"")):
                quote = .none
            case (.none, UInt8(ascii: "\\")), (.double, UInt8(ascii: "\\")):
                offset += 1
                if offset < bytes.count { text.append(bytes[offset]) }
            case (.single, _), (.double, _):
                text.append(byte)
            case (.none, UInt8(ascii: " ")), (.none, UInt8(ascii: "\t")):
                if isInWord { words.append(String(decoding: text, as: UTF8.self)) }
                text = []
                isInWord = false
            case (.none, UInt8(ascii: ";")), (.none, UInt8(ascii: "&")), (.none, UInt8(ascii: "|")):
                words = []
                text = []
                isInWord = false
            case (.none, UInt8(ascii: "#")) where !isInWord,
                (.none, UInt8(ascii: "!")) where !isInWord && words.isEmpty:
                isOpaque = true
                return
            default:
                if byte == UInt8(ascii: "'") {
                    quote = .single
                } else if byte == UInt8(ascii: "\"") {
                    quote = .double
                } else {
                    text.append(byte)
                }
                if !isInWord { wordStart = offset }
                isInWord = true
            }
            offset += 1
        }
        word = String(decoding: text, as: UTF8.self)
        if !isInWord { wordStart = bytes.count }
    }
}

/// A line that is typed without the editor: as far as it has come.
struct TypedLine {
    private var bytes: [UInt8] = []

    /// The longest password in bytes.
    static let maxByteCount = 64 << 10

    /// Why a line with an arrow key in it is none.
    static let hasControlCharacters = TerminalError.cannotReadTerminal(
        reason: "the input has control characters in it; arrow keys send some"
    )

    /// Takes what was typed next.
    ///
    /// - Parameter byte: `nil` at the end of the input.
    /// - Returns: The line once Enter ends it.
    /// - Throws: `TerminalError` if the input ends, the line is too long, or is not text.
    mutating func take(_ byte: UInt8?) throws(TerminalError) -> String? {
        switch byte {
        // Ctrl-D.
        case nil, 0x04: throw .cannotReadTerminal(reason: "the input ended")
        case UInt8(ascii: "\n")?, UInt8(ascii: "\r")?: return try text
        // Backspace; Ctrl-U.
        case 0x08, 0x7F: removeLastCharacter()
        case 0x15: bytes = []
        case let byte?: bytes.append(byte)
        }
        if bytes.count > Self.maxByteCount { throw .cannotReadTerminal(reason: "the line is too long") }
        return nil
    }

    private mutating func removeLastCharacter() {
        while let byte = bytes.popLast(), byte & 0xC0 == 0x80 {}
    }

    private var text: String {
        get throws(TerminalError) {
            guard let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: \.isControl)
            else { throw Self.hasControlCharacters }
            return text
        }
    }
}

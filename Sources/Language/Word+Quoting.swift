extension Word {
    /// A text as one word of the language: the lexer reads the same text back, and takes no part of it for an option, a
    /// variable or a comment.
    ///
    /// - Parameters:
    ///   - text: Without control characters other than a tab: no script holds them, and the lexer refuses them.
    ///   - isOfThing: Whether it names a thing that a fact is of, where a comma and parentheses have a meaning.
    package static func quoted(_ text: String, isOfThing: Bool = false) -> String {
        // A sign counts, whatever combines with it: bytes are compared, not characters.
        let bytes = text.utf8
        let isPlain =
            bytes.first.map { !"-~#".utf8.contains($0) } == true
            && bytes.allSatisfy { !" \t'\"$\\;&|".utf8.contains($0) && !(isOfThing && ",()".utf8.contains($0)) }
            && text.unicodeScalars.allSatisfy { $0.isASCII || $0.isOfWord }
        if isPlain { return text }
        if !bytes.contains(UInt8(ascii: "'")) { return "'\(text)'" }
        var escaped: [UInt8] = []
        for byte in bytes {
            if "\\\"$".utf8.contains(byte) { escaped.append(UInt8(ascii: "\\")) }
            escaped.append(byte)
        }
        return "\"\(String(decoding: escaped, as: UTF8.self))\""
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter, a number, or a mark on one: nothing that only looks like a sign of the language.
    fileprivate var isOfWord: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: properties.isAlphabetic || properties.numericType != nil
        }
    }
}

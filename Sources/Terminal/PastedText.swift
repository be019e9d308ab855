/// Pasted text, prepared for the line: a paste never runs by itself.
package enum PastedText {
    /// The lines of a paste, without newlines and blank lines.
    ///
    /// Tabs stay, other control characters are removed, and invalid UTF-8 becomes U+FFFD.
    package static func lines(_ bytes: some Collection<UInt8>) -> [String] {
        // Terminals send each newline as a carriage return.
        bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.compactMap { bytes in
            var line = ""
            line.unicodeScalars += String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
                $0 == "\t" || !$0.isControl
            }
            return line.allSatisfy(\.isWhitespace) ? nil : line
        }
    }
}

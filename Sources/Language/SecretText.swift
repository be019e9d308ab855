/// Hides the values of options that are secrets wherever a line is shown or kept, whatever else is wrong with it.
package enum SecretText {
    /// `--header`, whose value is sent to a server and may be a password.
    private static let options = ["--header"].map { Array($0.utf8) }
    private static let blanks = Array(" \t".utf8)
    private static let ends = Array(" \t\n\r;|&".utf8)

    /// The text with an asterisk for each byte of such a value: what follows stays in its place.
    package static func hiding(_ text: String) -> String {
        String(decoding: hiding(Array(text.utf8)), as: UTF8.self)
    }

    package static func hiding(_ bytes: [UInt8]) -> [UInt8] {
        var shown = bytes
        for option in options {
            var position = 0
            while let start = bytes[position...].firstRange(of: option)?.lowerBound {
                let value = valueRange(in: bytes, after: start + option.count)
                for index in value { shown[index] = UInt8(ascii: "*") }
                position = max(value.upperBound, start + option.count)
            }
        }
        return shown
    }

    /// The word that follows, over the end of its line where a backslash joins the next one to it.
    private static func valueRange(in bytes: [UInt8], after end: Int) -> Range<Int> {
        var position = end
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
            position += 1
        } else {
            while position < bytes.count {
                if blanks.contains(bytes[position]) {
                    position += 1
                } else if bytes[position...].starts(with: Array("\\\n".utf8)) {
                    position += 2
                } else {
                    break
                }
            }
            // A longer word than the option's.
            if position == end { return end..<end }
        }
        let start = position
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                position += 1
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if ends.contains(byte) {
                break
            }
            position += 1
        }
        return start..<min(position, bytes.count)
    }
}

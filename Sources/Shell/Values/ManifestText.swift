import Text

/// Texts as values of a manifest, which is YAML.
enum ManifestText {
    /// The text as one value: as it stands, or in double quotes, which JSON has, too.
    static func quoted(_ text: String) -> String {
        isPlain(text) ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// Whether YAML takes it for that text, and for nothing else.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isASCIIAlphanumeric || first == UInt8(ascii: "/"),
            text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "_-./=:@+".utf8.contains($0) }), !text.hasSuffix(":")
        else { return false }
        // Such are numbers, times, or yes and no.
        let isNumber =
            Double(text) != nil
            || first.isASCIIDigit && text.utf8.allSatisfy { $0.isASCIIDigit || "_-:.xo".utf8.contains($0) }
        return !isNumber && !words.contains(text.lowercased())
    }

    private static let words: Set = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
        if String(scalar).printable == String(scalar) { return String(scalar) }
        return String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

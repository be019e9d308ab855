import Language
import Shell
import Text

/// The secrets in the lines typed in this session, so that a recalled line, which shows asterisks instead, runs as
/// it was typed.
struct RememberedSecrets {
    private let secretLine: SecretLine
    /// The lines as typed, by their shown form; the last one counts.
    private var lines: [String: String] = [:]
    /// Each secret by the text before it, for a recalled line that was changed.
    private var secrets: [[UInt8]: [UInt8]] = [:]

    init(_ secretLine: SecretLine) {
        self.secretLine = secretLine
    }

    /// Adds a line.
    ///
    /// - Returns: The form that may be shown and stored.
    mutating func remember(_ line: String) -> String {
        let bytes = Array(line.utf8)
        let ranges = secretLine.ranges(in: bytes)
        if ranges.isEmpty { return line }
        let masked = SecretText.masking(line, ranges)
        lines[masked] = line
        for (range, lead) in zip(ranges, Self.leads(of: ranges, in: bytes)) { secrets[lead] = Array(bytes[range]) }
        return masked
    }

    /// The line with its secrets in place of asterisks; `nil` if one is unknown in this session.
    func restoring(_ line: String) -> String? {
        if let typed = lines[line] { return typed }
        let bytes = Array(line.utf8)
        let ranges = secretLine.ranges(in: bytes)
        var restored: [UInt8] = []
        var position = 0
        for (range, lead) in zip(ranges, Self.leads(of: ranges, in: bytes)) where SecretText.isMask(bytes[range]) {
            guard let secret = secrets[lead] else { return nil }
            restored += bytes[position..<range.lowerBound] + secret
            position = range.upperBound
        }
        return String(decoding: restored + bytes[position...], as: UTF8.self)
    }

    /// The text before each secret: the start of its word and the two words before, earlier secrets as asterisks.
    private static func leads(of ranges: [Range<Int>], in bytes: [UInt8]) -> [[UInt8]] {
        var text: [UInt8] = []
        var position = 0
        return ranges.map { range in
            text += bytes[position..<range.lowerBound]
            let lead = lastWords(of: text)
            text += SecretText.mask.utf8
            position = range.upperBound
            return lead
        }
    }

    private static func lastWords(of text: [UInt8]) -> [UInt8] {
        var start = text.endIndex
        for _ in 0..<2 {
            while start > 0, text[start - 1] != UInt8(ascii: " ") { start -= 1 }
            while start > 0, text[start - 1] == UInt8(ascii: " ") { start -= 1 }
        }
        while start > 0, text[start - 1] != UInt8(ascii: " ") { start -= 1 }
        return Array(text[start...])
    }
}

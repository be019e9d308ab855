import Backups
import FoundationEssentials
import Text

/// A time as people type and read it: RFC 3339, or a date; in UTC unless it says otherwise.
enum TimeText {
    /// Reads `2016-11-23`, `2016-11-23T01:02`, `2016-11-23T01:02:03`, `2016-11-23T01:02:03.5Z`, `…+02:00`.
    static func date(of text: String) -> Date? {
        let parts = text.uppercased().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard isNumbers(parts[0], of: [4, 2, 2], separator: "-") else { return nil }
        if parts.count == 1 { return parse("\(parts[0])T00:00:00Z") }

        let time = parts[1].prefix { $0.isNumber || $0 == ":" }
        var rest = parts[1][time.endIndex...]
        var fraction = 0.0
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard let value = Double("0.\(digits)"), !digits.isEmpty else { return nil }
            fraction = value
            rest = rest[digits.endIndex...]
        }
        let seconds = isNumbers(time, of: [2, 2], separator: ":") ? ":00" : ""
        guard isNumbers(time + seconds, of: [2, 2, 2], separator: ":"), let offset = offset(ofZone: rest),
            let date = parse("\(parts[0])T\(time)\(seconds)Z")
        else { return nil }
        return date.addingTimeInterval(fraction - offset)
    }

    /// How far a zone is ahead of UTC, in seconds: `Z`, `+02:00`, or nothing for UTC.
    private static func offset(ofZone zone: Substring) -> Double? {
        if zone.isEmpty || zone == "Z" { return 0 }
        let parts = zone.dropFirst().split(separator: ":")
        guard let sign = zone.first, "+-".contains(sign), isNumbers(zone.dropFirst(), of: [2, 2], separator: ":"),
            let hours = Double(parts[0]), let minutes = Double(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// RFC 3339 in UTC, whole seconds.
    static func text(_ date: Date) -> String {
        date.formatted(.iso8601)
    }

    /// When a backup was written: `2016-11-23T02:00:00Z`, or `2016-11-23 02:00 local` where its zone is unknown; `-`
    /// where its time is.
    static func text(_ backup: Backup) -> String {
        guard let modified = backup.modified else { return "-" }
        let text = text(modified)
        return backup.hasLocalTime ? "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) local" : text
    }

    private static func parse(_ text: String) -> Date? {
        // Foundation parses April 31 as May 1: a date must print as it was typed.
        guard let date = try? Date(text, strategy: .iso8601), date.formatted(.iso8601) == text else { return nil }
        return date
    }

    private static func isNumbers(_ text: some StringProtocol, of digits: [Int], separator: Character) -> Bool {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        return parts.count == digits.count
            && zip(parts, digits).allSatisfy { part, count in
                part.utf8.count == count && part.utf8.allSatisfy(\.isASCIIDigit)
            }
    }
}

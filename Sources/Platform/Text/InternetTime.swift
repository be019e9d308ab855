package import FoundationEssentials

/// Times as RFC 3339 and ISO 8601 have them.
package enum InternetTime {
    /// Reads `2026-01-31T08:15:00Z`, with fractions of a second or not, with an offset, or with `UTC` as older caches
    /// of the AWS CLI have it.
    package static func date(_ text: String) -> Date? {
        let text = text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text
        let style = Date.ISO8601FormatStyle()
        return (try? style.parse(text))
            ?? (try? style.year().month().day().time(includingFractionalSeconds: true)
                .timeZone(separator: .colon).parse(text))
    }

    package static func text(of date: Date) -> String { date.formatted(.iso8601) }
}

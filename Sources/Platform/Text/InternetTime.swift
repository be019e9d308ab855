package import FoundationEssentials

/// Times as RFC 3339 and ISO 8601 have them.
package enum InternetTime {
    /// Reads `2026-01-31T08:15:00Z`, with fractions of a second or not, with an offset, or with `UTC` as older caches
    /// of the AWS CLI have it.
    package static func date(_ text: String) -> Date? {
        if let date = usual(text) { return date }
        let text = text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text
        let style = Date.ISO8601FormatStyle()
        return (try? style.parse(text))
            ?? (try? style.year().month().day().time(includingFractionalSeconds: true)
                .timeZone(separator: .colon).parse(text))
    }

    package static func text(of date: Date) -> String { date.formatted(.iso8601) }

    /// Reads `2026-01-31T08:15:00Z`, with fractions of a second or not; `nil` of all else. So are those of a listing, which
    /// has a hundred thousand of them.
    private static func usual(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
                bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
                bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
                let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
                let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
                (1...12).contains(month), day >= 1, day <= CivilDay.dayCount(year, month), hour < 24, minute < 60,
                second < 60
            else { return nil }
            let whole = CivilDay.number(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
            if bytes.count == 20 { return Date(timeIntervalSince1970: Double(whole)) }
            // Listings have three digits.
            guard bytes.count == 24, bytes[19] == UInt8(ascii: "."), let fraction = number(bytes[20..<23]) else {
                return nil
            }
            return Date(timeIntervalSince1970: Double(whole) + Double(fraction) / 1000)
        }
    }

    /// - Returns: `nil` where not all are digits.
    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        var number: Int64 = 0
        for digit in digits {
            guard digit.isASCIIDigit else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number
    }
}

package import FoundationEssentials

/// Times as HTTP's header fields have them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// Beginning with that of the first day of 1970.
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// - Returns: `nil` for anything else, the two obsolete forms as well.
    package static func date(_ text: String) -> Date? {
        guard let match = text.wholeMatch(of: /[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9:]{8}) GMT/),
            let month = months.firstIndex(of: String(match.2))
        else { return nil }
        return InternetTime.date("\(match.3)-\(month < 9 ? "0" : "")\(month + 1)-\(match.1)T\(match.4)Z")
    }

    /// - Returns: `nil` outside of the years from 1970 to 9999.
    package static func text(of date: Date) -> String? {
        let text = InternetTime.text(of: date)
        guard date.timeIntervalSince1970 >= 0,
            let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9:]{8})Z/),
            let month = Int(match.2), months.indices.contains(month - 1)
        else { return nil }
        let weekday = weekdays[Int(date.timeIntervalSince1970) / 86_400 % 7]
        return "\(weekday), \(match.3) \(months[month - 1]) \(match.1) \(match.4) GMT"
    }
}

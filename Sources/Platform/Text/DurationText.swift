/// A length of time as people type and read it: `90s`, `15m`, `24h`, `7d`, `1d12h`.
package enum DurationText {
    private static let units: [(sign: Character, seconds: Double)] = [
        ("y", 365 * 86400), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// The length in seconds, or `nil` where the text is none.
    package static func seconds(of text: String) -> Double? {
        var total = 0.0
        var rest = text[...]
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard let count = Double(digits), count < 1e9, let sign = rest.popFirst(),
                let unit = units.first(where: { $0.sign == sign })
            else { return nil }
            total += count * unit.seconds
        } while !rest.isEmpty
        return total
    }

    /// The two largest units that are not zero: `2y31d`, `3d4h`, `1m12s`, `0s`. A year has 365 days; what is less than
    /// zero is `0s`, too.
    package static func text(seconds: Double) -> String {
        var rest = max(0, seconds.rounded(.down))
        var parts: [String] = []
        for (sign, unit) in units {
            let count = (rest / unit).rounded(.down)
            rest -= count * unit
            if count > 0 { parts.append("\(Int64(clamping: Int64(exactly: count) ?? .max))\(sign)") }
            // After the largest unit only the next one counts: 3d0h is 3d.
            if parts.count == 2 || parts.count == 1 && count == 0 { break }
        }
        return parts.isEmpty ? "0s" : parts.joined()
    }

    /// A measured time: `4 ms`, `3.1 s`, `1m12s`.
    package static func text(measured duration: Duration) -> String {
        let (whole, attoseconds) = duration.components
        let seconds = Double(whole) + Double(attoseconds) / 1e18
        if seconds >= 60 { return text(seconds: seconds) }
        if seconds < 1 { return "\(Int((seconds * 1000).rounded(.up))) ms" }
        return "\((seconds * 10).rounded() / 10) s"
    }
}

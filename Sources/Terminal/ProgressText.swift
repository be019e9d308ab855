/// How progress is put into words.
package enum ProgressText {
    /// A number of bytes in powers of 1024: `512 B`, `20.0 KiB`, `1.5 GiB`.
    package static func bytes(_ byteCount: Int64) -> String {
        guard byteCount >= 1024 else { return "\(byteCount) B" }
        var value = Double(byteCount)
        for unit in ["KiB", "MiB", "GiB"] {
            value /= 1024
            // 1023.95 would be rounded to 1024.0.
            if value < 1023.95 || unit == "GiB" { return "\(oneDecimal(value)) \(unit)" }
        }
        return "\(byteCount) B"
    }

    /// A span of time in its two largest units: `7s`, `1m12s`, `2h05m`, `3d04h`.
    package static func duration(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        if minutes == 0 { return "\(seconds)s" }
        if hours == 0 { return "\(minutes)m\(twoDigits(seconds % 60))s" }
        if days == 0 { return "\(hours)h\(twoDigits(minutes % 60))m" }
        return "\(days)d\(twoDigits(hours % 24))h"
    }

    /// The line for a moment; parts are left out, the least needed first, until it fits the columns.
    ///
    /// - Parameters:
    ///   - label: what is done, shown printable.
    ///   - doneBytes: how much of it.
    ///   - totalBytes: of how much; nil where that is unknown.
    ///   - bytesPerSecond: nil or 0 where it does not move.
    package static func line(
        label: String,
        doneBytes: Int64,
        totalBytes: Int64?,
        bytesPerSecond: Double?,
        width: Int
    ) -> String {
        let label = label.printable
        let rate = bytesPerSecond.map { "\(oneDecimal($0 / 1_048_576)) MiB/s" }
        var percentage: String?
        var size = bytes(doneBytes)
        var left: String?
        if let totalBytes, totalBytes > 0 {
            percentage = "\(Int(Double(min(doneBytes, totalBytes)) / Double(totalBytes) * 100))%"
            size += " of \(bytes(totalBytes))"
            left = timeLeft(byteCount: totalBytes - doneBytes, bytesPerSecond: bytesPerSecond)
        }
        let variants = [
            [label, percentage, size, rate, left],
            [label, percentage, rate, left],
            [label, percentage, left],
            [label, percentage ?? size],
            [percentage ?? size],
        ].map { $0.compactMap(\.self).joined(separator: "  ") }
        return variants.first { $0.columnCount <= width } ?? ""
    }

    private static func timeLeft(byteCount: Int64, bytesPerSecond: Double?) -> String? {
        guard let bytesPerSecond, bytesPerSecond > 0, byteCount > 0 else { return nil }
        let seconds = (Double(byteCount) / bytesPerSecond).rounded(.up)
        // Past ten days it is not an estimate any more.
        guard seconds < 864_000 else { return nil }
        return "\(duration(.seconds(Int64(seconds)))) left"
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int64((min(max(0, value), 1e15) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func twoDigits(_ value: Int64) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}

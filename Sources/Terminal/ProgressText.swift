import Text

/// The words of a progress line.
package enum ProgressText {
    /// The line for one moment; the least important parts are left out until it fits the columns.
    ///
    /// - Parameters:
    ///   - label: What is being done; made printable.
    ///   - doneBytes: How much is done.
    ///   - totalBytes: How much there is; `nil` if unknown.
    ///   - bytesPerSecond: `nil` or 0 if it does not move.
    package static func line(
        label: String,
        doneBytes: Int64,
        totalBytes: Int64?,
        bytesPerSecond: Double?,
        width: Int
    ) -> String {
        let label = label.printableInColumns
        let rate = bytesPerSecond.map { "\(oneDecimal($0 / 1_048_576)) MiB/s" }
        var percentage: String?
        var size = doneBytes.byteCountText
        var left: String?
        if let totalBytes, totalBytes > 0 {
            percentage = "\(Int(Double(min(doneBytes, totalBytes)) / Double(totalBytes) * 100))%"
            size += " of \(totalBytes.byteCountText)"
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
        // An estimate above ten days means nothing.
        guard seconds < 864_000 else { return nil }
        return "\(DurationText.text(seconds: seconds)) left"
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int64((min(max(0, value), 1e15) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

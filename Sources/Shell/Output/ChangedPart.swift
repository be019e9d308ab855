import Text

/// Where two values differ: the part that changed in each, with a little of what is around it.
struct ChangedPart {
    let before: String
    let after: String

    /// In bytes, on each side of the part that changed.
    private static let contextByteCount = 24
    /// A part that is longer is cut.
    private static let maxByteCount = 400

    init(_ before: [UInt8], _ after: [UInt8]) {
        let shorter = min(before.count, after.count)
        let start = (0..<shorter).first { before[$0] != after[$0] } ?? shorter
        let end = (0..<shorter - start).first { before[before.count - 1 - $0] != after[after.count - 1 - $0] }
        let rest = end ?? shorter - start
        self.before = Self.text(before, start..<before.count - rest)
        self.after = Self.text(after, start..<after.count - rest)
    }

    private static func text(_ bytes: [UInt8], _ part: Range<Int>) -> String {
        let from = max(0, part.lowerBound - contextByteCount)
        let to = min(bytes.count, part.upperBound + contextByteCount)
        let shown = min(to, from + maxByteCount)
        let cut = shown < to ? "… (\(to - shown) bytes more)" : shown < bytes.count ? "…" : ""
        return (from > 0 ? "…" : "") + KeyText.key(Array(bytes[from..<shown])) + cut
    }
}

import Language
import Text

extension Diagnostic {
    /// The line with a caret under the place. Secrets are hidden.
    func excerpt(_ secretLine: SecretLine) -> String {
        let range = source.textRange(ofLine: source.line(at: span.start))
        let from = min(max(span.start, range.lowerBound), range.upperBound)
        let to = min(max(span.end, from), range.upperBound)

        // A secret option may stand on the line before.
        let joined = source.joinedRange(around: range)
        let bytes = secretLine.hiding(Array(source.bytes[joined]))
        func shown(_ range: Range<Int>) -> String {
            Self.printable(bytes[(range.lowerBound - joined.lowerBound)..<(range.upperBound - joined.lowerBound)])
        }
        // A line can be megabytes long: show only the part around the place.
        let all = (
            before: shown(max(range.lowerBound, from - 400)..<from), marked: shown(from..<min(to, from + 240)),
            after: shown(to..<min(range.upperBound, to + 160))
        )
        // All of it fits into a terminal of 80 columns, so that the mark stays below its place.
        var marked = all.marked.prefix(Self.maxMarkedCount)
        if marked.count < all.marked.count { marked = marked.dropLast() + "…" }
        let room = Self.maxCount - marked.count
        var before = all.before.suffix(max(room - all.after.count, room * 2 / 3))
        var after = all.after.prefix(room - before.count)
        if before.count < all.before.count { before = "…" + before.dropFirst() }
        if after.count < all.after.count { after = after.dropLast() + "…" }

        let indent = String(before.map { $0 == "\t" ? "\t" : " " })
        let underline = "^" + String(repeating: "~", count: max(0, marked.count - 1))
        return "    \(before)\(marked)\(after)\n    \(indent)\(underline)"
    }

    /// How many characters of the line are shown, and of the place.
    private static let (maxCount, maxMarkedCount) = (76, 48)

    /// Each control character becomes one visible character, so that the caret stays in place.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(
            String.UnicodeScalarView(
                String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case _ where scalar == "\t": scalar
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
                    default: scalar
                    }
                }
            )
        )
    }
}

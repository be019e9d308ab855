/// The list of candidates under the line: in columns, top to bottom, like `ls`.
package enum CandidateList {
    /// The most rows shown; then a line says how many more there are.
    package static let rowLimit = 100

    /// The rows of a list, without newlines, for printable texts and a terminal's columns.
    package static func rows(_ texts: [String], width: Int, rowLimit: Int = rowLimit) -> [String] {
        guard !texts.isEmpty else { return [] }
        let columnWidth = (texts.map(\.columnCount).max() ?? 0) + 2
        // The last column needs no space after it.
        let columnCount = max(1, (width + 2) / columnWidth)
        let shown = texts.prefix(rowLimit * columnCount)
        let rowCount = (shown.count + columnCount - 1) / columnCount
        var rows = (0..<rowCount).map { row in
            var line = ""
            for index in stride(from: row, to: shown.count, by: rowCount) {
                line += shown[index]
                let isLast = index + rowCount >= shown.count
                if !isLast { line += String(repeating: " ", count: columnWidth - shown[index].columnCount) }
            }
            return line
        }
        if shown.count < texts.count { rows.append("… and \(texts.count - shown.count) more") }
        return rows
    }
}

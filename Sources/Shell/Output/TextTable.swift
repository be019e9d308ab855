/// Rows in aligned columns.
struct TextTable {
    private var rows: [[String]]
    /// The right-aligned columns.
    private let rightAligned: Set<Int>

    init(header: [String], rightAligned: Set<Int> = []) {
        rows = [header]
        self.rightAligned = rightAligned
    }

    mutating func append(_ cells: [String]) {
        rows.append(cells)
    }

    /// One line a row, two spaces between columns, none at the end of a line.
    ///
    /// - Throws: `CancellationError`: there may be hundreds of thousands of rows.
    func text() throws -> String {
        var widths = [Int](repeating: 0, count: rows[0].count)
        for row in rows {
            try Task.checkCancellation()
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        var text = ""
        for row in rows {
            try Task.checkCancellation()
            if !text.isEmpty { text += "\n" }
            // How far it is from the end of the line to the next cell.
            var gap = 0
            for (column, cell) in row.enumerated() {
                let padding = widths[column] - cell.count
                if rightAligned.contains(column) { gap += padding }
                if !cell.isEmpty {
                    text += String(repeating: " ", count: gap)
                    text += cell
                    gap = 0
                }
                gap += 2
                if !rightAligned.contains(column) { gap += padding }
            }
        }
        return text
    }
}

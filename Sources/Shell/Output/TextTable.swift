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
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                if column > 0 { line += "  " }
                line += rightAligned.contains(column) ? padding + cell : cell + padding
            }
            while line.last == " " { line.removeLast() }
            text += line
        }
        return text
    }
}

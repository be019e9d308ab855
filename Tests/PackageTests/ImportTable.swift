/// The table of targets in the README.
struct ImportTable {
    struct Row {
        var folder: String
        var target: String
        var imports: Set<String>
    }

    let rows: [Row]

    static let heading = "| folder | target | holds | imports |"

    init() throws {
        let lines = try Manifest.text(of: "README.md").split(separator: "\n", omittingEmptySubsequences: false)
        let rows = lines.drop { $0 != Self.heading }.dropFirst(2).prefix { $0.hasPrefix("|") }
        self.rows = rows.map { line in
            let cells = line.split(separator: "|").map(\.trimmed)
            let names = cells.dropFirst(3).first.map { $0.split(separator: ",").map(\.trimmed) } ?? []
            return Row(
                folder: cells[0].filter { $0 != "`" },
                target: cells.dropFirst().first ?? "",
                imports: Set(names.filter { !$0.isEmpty })
            )
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

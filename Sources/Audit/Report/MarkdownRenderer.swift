import Text

/// A document as Markdown, as GitHub and GitLab read it.
enum MarkdownRenderer {
    static func text(of document: Document) -> String {
        (["# \(escaped(document.title))"] + document.blocks.map(text)).joined(separator: "\n\n") + "\n"
    }

    /// A text that shows as it is, wherever it stands: no markup, no mention, one line, and no link, which GitHub makes
    /// of a bare `https://…` and `www.…`. An address of mail may become one.
    static func escaped(_ text: String) -> String {
        var result = ""
        // By scalars, as a renderer reads it: a sign with an accent on it is a sign and an accent.
        let scalars = Array(text.printable.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "@": result += "&#64;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~", "$", "#": result += "\\\(scalar)"
            case ":" where scalars[index...].starts(with: "://".unicodeScalars): result += "\\:"
            case "." where scalars[..<index].suffix(3).elementsEqual("www".unicodeScalars): result += "\\."
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func text(of block: Document.Block) -> String {
        switch block {
        case .heading(let text): "## \(escaped(text))"
        case .subheading(let text): "### \(escaped(text))"
        case .paragraph(let spans): line(spans)
        case .facts(let facts):
            table(header: ["", ""], facts.map { [escaped($0.name), line($0.value)] })
        case .table(let header, let rows): table(header: header.map(escaped), rows.map { $0.map(line) })
        case .list(let items): items.map { "- \(line($0))" }.joined(separator: "\n")
        case .axis(let axis): text(of: axis)
        }
    }

    private static func line(_ spans: [Document.Span]) -> String {
        spans.map { span in
            switch span {
            case .text(let text), .code(let text): escaped(text)
            case .mark(let mark): mark == .ok ? mark.rawValue : "**\(mark.rawValue)**"
            }
        }.joined()
    }

    private static func table(header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(
            separator: "\n"
        )
    }

    /// How many signs a bar's line has.
    private static let width = 24

    private static func text(of axis: Document.Axis) -> String {
        let hasDurations = axis.hasDurations
        return table(
            header: ["At", "Time"] + (hasDurations ? ["Took"] : []) + ["Command", "Result"],
            axis.rows.map { row in
                let bar = axis.bar(of: row)
                let start = min(Int(bar.start * Double(width)), width - 1)
                let length = min(max(1, Int((bar.length * Double(width)).rounded())), width - start)
                let signs =
                    String(repeating: "·", count: start) + String(repeating: "█", count: length)
                    + String(repeating: "·", count: width - start - length)
                return [escaped(row.startText), signs] + (hasDurations ? [escaped(row.durationText ?? "-")] : [])
                    + [escaped(row.label), line([.mark(row.mark)])]
            }
        )
    }
}

import Text

/// A document as one HTML page that needs nothing else: no script, and nothing that is loaded from anywhere.
enum HTMLRenderer {
    static func text(of document: Document) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(escaped(document.title))</title>
        <style>
        \(ReportStyle.css)
        </style>
        </head>
        <body>
        <main>
        <h1>\(escaped(document.title))</h1>
        \(document.blocks.map(text).joined(separator: "\n"))
        </main>
        </body>
        </html>

        """
    }

    /// A text that shows as it is, in an element and in an attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.printable.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func text(of block: Document.Block) -> String {
        switch block {
        case .heading(let text): "<h2>\(escaped(text))</h2>"
        case .subheading(let text): "<h3>\(escaped(text))</h3>"
        case .paragraph(let spans): "<p>\(line(spans))</p>"
        case .facts(let facts):
            "<dl>\n" + facts.map { "<div><dt>\(escaped($0.name))</dt><dd>\(line($0.value))</dd></div>\n" }.joined()
                + "</dl>"
        case .table(let header, let rows):
            table(header.map { "<th>\(escaped($0))</th>" }, rows.map { $0.map { "<td>\(line($0))</td>" } })
        case .list(let items): "<ul>\n" + items.map { "<li>\(line($0))</li>\n" }.joined() + "</ul>"
        case .axis(let axis): text(of: axis)
        }
    }

    private static func line(_ spans: [Document.Span]) -> String {
        spans.map { span in
            switch span {
            case .text(let text): escaped(text)
            case .code(let text): "<code>\(escaped(text))</code>"
            case .mark(let mark): "<span class=\"mark \(name(of: mark))\">\(escaped(mark.rawValue))</span>"
            }
        }.joined()
    }

    private static func name(of mark: Document.Mark) -> String {
        switch mark {
        case .ok: "ok"
        case .failed: "failed"
        case .skipped: "skipped"
        case .unfinished: "unfinished"
        }
    }

    private static func table(_ header: [String], _ rows: [[String]], class name: String? = nil) -> String {
        "<div class=\"wide\"><table\(name.map { " class=\"\($0)\"" } ?? "")>\n<thead><tr>\(header.joined())</tr></thead>\n<tbody>\n"
            + rows.map { "<tr>\($0.joined())</tr>\n" }.joined() + "</tbody></table></div>"
    }

    private static func text(of axis: Document.Axis) -> String {
        let hasDurations = axis.hasDurations
        return table(
            [
                "<th>At</th>", "<th>Command</th>",
                "<th class=\"scale\">0 <span>\(escaped(axis.lengthText))</span></th>",
            ] + (hasDurations ? ["<th class=\"number\">Took</th>"] : []) + ["<th>Result</th>"],
            axis.rows.map { row in
                let bar = axis.bar(of: row)
                // A quick command shows, too.
                let start = min(bar.start * 100, 99)
                let length = max(bar.length * 100, 0.8)
                return [
                    "<td class=\"number\">\(escaped(row.startText))</td>",
                    "<td><code>\(escaped(row.label))</code></td>",
                    "<td class=\"bar\"><div><span class=\"\(name(of: row.mark))\" style=\"margin-left:\(percent(start));width:\(percent(min(length, 100 - start)))\"></span></div></td>",
                ] + (hasDurations ? ["<td class=\"number\">\(escaped(row.durationText ?? "-"))</td>"] : [])
                    + ["<td>\(line([.mark(row.mark)]))</td>"]
            },
            class: "axis"
        )
    }

    /// With one digit after the point.
    private static func percent(_ value: Double) -> String { "\((value * 10).rounded() / 10)%" }
}

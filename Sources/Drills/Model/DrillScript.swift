/// A script in a drill's file, with the places of its lines there.
package struct DrillScript: Sendable, Equatable {
    /// What it is: `the solution`, `the last hint`, `the example of 'took-unverified'`.
    package var role: String
    package var lines: [Line]

    package struct Line: Sendable, Equatable {
        package var text: String
        /// Of its first character in the file; lines and columns count from 1.
        package var line: Int
        package var column: Int
        /// Where a value stands for a `{{NAME}}` of another length.
        fileprivate var changes: [Change] = []

        init(text: String, line: Int, column: Int) {
            self.text = text
            self.line = line
            self.column = column
        }
    }

    /// The text from an offset on, of so many characters, stands for others in the file.
    fileprivate struct Change: Sendable, Equatable {
        var offset: Int
        var count: Int
        var sourceCount: Int
    }

    package init(role: String, lines: [Line]) {
        self.role = role
        self.lines = lines
    }

    /// As a script's file would have it.
    package var text: String { lines.map { $0.text + "\n" }.joined() }

    /// Where a place in the script is in the drill's file. All of them count from 1.
    package func place(line: Int, column: Int) -> (line: Int, column: Int) {
        guard !lines.isEmpty else { return (1, 1) }
        let found = lines[min(max(0, line - 1), lines.count - 1)]
        return (found.line, found.column + found.sourceOffset(of: max(0, column - 1)))
    }

    package func filled(with values: [String: String]) -> DrillScript {
        DrillScript(role: Placeholder.filled(role, with: values), lines: lines.map { $0.filled(with: values) })
    }
}

extension DrillScript.Line {
    fileprivate func filled(with values: [String: String]) -> Self {
        var filled = self
        filled.text = ""
        filled.changes = []
        var offset = 0
        for piece in Placeholder.pieces(of: text) {
            let (source, value): (String, String) =
                switch piece {
                case .text(let text): (String(text), String(text))
                case .name(let name): ("{{\(name)}}", values[String(name)] ?? "{{\(name)}}")
                }
            if source != value {
                let start = sourceOffset(of: offset)
                let sourceCount = sourceOffset(of: offset + source.count) - start
                filled.changes.append(.init(offset: filled.text.count, count: value.count, sourceCount: sourceCount))
            }
            offset += source.count
            filled.text += value
        }
        return filled
    }

    /// How far a character of the text is from the line's first one in the file.
    fileprivate func sourceOffset(of offset: Int) -> Int {
        var (source, done) = (0, 0)
        for change in changes {
            if offset < change.offset + change.count {
                return source + min(offset, change.offset) - done
            }
            source += change.offset - done + change.sourceCount
            done = change.offset + change.count
        }
        return source + offset - done
    }
}

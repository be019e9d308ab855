/// Text on a terminal: no word is cut at the edge, and what follows in a line begins below the column that it is of.
struct ScreenText {
    /// In characters.
    let width: Int
    /// Whether a command that is longer than a line is broken, with a backslash at the end of each line, as the
    /// system's shell takes it. At the prompt it stays whole, for there each line of a paste waits for Enter.
    let breaksCommands: Bool

    /// - Parameter hang: What further lines begin with; where it is `nil`, their columns say that.
    func text(_ text: String, hang: Int? = nil) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0, hang) }.joined(separator: "\n")
    }

    private func line(_ line: Substring, _ hang: Int?) -> String {
        if let start = line.firstIndex(of: Copyable.start), let end = line.lastIndex(of: Copyable.end), start < end {
            let command = Copyable.unmarked(String(line[start..<end]))
            return self.line(line[..<start], command, line[line.index(after: end)...])
        }
        // A line has no more characters than bytes: most need not be counted.
        if line.utf8.count <= width || line.count <= width { return String(line) }
        return wrapped(line, hang)
    }

    // MARK: - Words

    /// - Parameter hang: How many blanks further lines begin with; `nil` where the line's columns say that.
    private func wrapped(_ line: Substring, _ hang: Int?) -> String {
        let lead = Self.lead(of: line)
        let column = hang == nil ? Self.secondColumn(of: line) : nil
        // A second column that leaves little room begins in the next line.
        let isNarrow = column.map { $0 > width / 2 } ?? false
        let hang = hang ?? (isNarrow ? lead + 4 : column) ?? Self.hang(of: line)
        var lines: [String] = []
        var current = ""
        var isEmpty = true
        var blanks = 0
        var start = 0
        for part in line.split(separator: " ", omittingEmptySubsequences: false) {
            defer { start += part.count + 1 }
            if part.isEmpty {
                blanks += 1
                continue
            }
            if !isEmpty, current.count + blanks + part.count > width || isNarrow && start == column {
                lines.append(current)
                // What has no room at its column is moved to the left.
                let indent = hang + part.count <= width ? hang : min(hang, lead + 4)
                current = String(repeating: " ", count: indent) + part
            } else {
                current += String(repeating: " ", count: blanks) + part
            }
            (blanks, isEmpty) = (1, false)
        }
        return (lines + [current]).joined(separator: "\n")
    }

    private static func lead(of line: Substring) -> Int { line.prefix { $0 == " " }.count }

    /// Where the second of two columns begins; `nil` where there is one, or more than two.
    private static func secondColumn(of line: Substring) -> Int? {
        let columns = columns(of: line)
        return columns.count == 1 ? columns[0] : nil
    }

    /// Where those after the first begin: behind two blanks or more.
    private static func columns(of line: Substring) -> [Int] {
        let lead = lead(of: line)
        var columns: [Int] = []
        var blanks = 0
        for (index, character) in line.dropFirst(lead).enumerated() {
            if character != " ", blanks > 1 { columns.append(lead + index) }
            blanks = character == " " ? blanks + 1 : 0
        }
        return columns
    }

    /// A paragraph goes on below its first letter; a row of a table, a message and an item of a list a little to the
    /// right.
    private static func hang(of line: Substring) -> Int {
        let lead = lead(of: line)
        if !columns(of: line).isEmpty { return 4 }
        return lead == 0 || line.dropFirst(lead).hasPrefix("- ") ? lead + 2 : lead
    }

    // MARK: - Commands

    /// A line with a command in it: on a line of its own where it has no room behind what comes before it.
    private func line(_ before: Substring, _ command: String, _ after: Substring) -> String {
        let whole = "\(before)\(command)\(after)"
        if whole.count <= width { return whole }
        let lead = String(repeating: " ", count: Self.lead(of: before) + 2)
        var start = String(before)
        while start.last == " ", start.count > lead.count - 2 { start.removeLast() }
        if lead.count + command.count <= width, !start.allSatisfy({ $0 == " " }) {
            let end = lead.count + command.count + after.count <= width ? String(after) : rest(after, lead)
            return "\(wrappedLead(start))\n\(lead)\(command)\(end)"
        }
        guard breaksCommands else { return "\(before)\(command)\(rest(after, lead))" }
        let isShort = before.count <= width / 3
        let pieces = broken(command, isShort ? before.count : lead.count)
        return (isShort ? String(before) : "\(wrappedLead(start))\n\(lead)") + pieces + rest(after, lead)
    }

    private func wrappedLead(_ start: String) -> String {
        start.count <= width ? start : wrapped(start[...], nil)
    }

    /// What follows a command, on a line of its own: it is no part of what is copied.
    private func rest(_ after: Substring, _ lead: String) -> String {
        let text = after.drop { " ,;".contains($0) }
        return text.isEmpty ? "" : "\n" + wrapped("\(lead)\(text)"[...], lead.count)
    }

    /// A command in lines that each end in a backslash, but for the last.
    ///
    /// - Parameter column: Where it begins.
    private func broken(_ command: String, _ column: Int) -> String {
        let indent = String(repeating: " ", count: column + 2)
        var lines: [String] = []
        var current = ""
        let room = width - indent.count - 2
        let units = Self.units(of: command).flatMap { unit in
            unit.count <= room
                ? [unit] : unit.split(separator: " ", maxSplits: unit.hasPrefix("-") ? 1 : 0).map(String.init)
        }
        for unit in units {
            let start = lines.isEmpty ? column : indent.count
            // A blank and the backslash need room, too.
            if !current.isEmpty, start + current.count + 1 + unit.count + 2 > width {
                lines.append(current)
                current = unit
            } else {
                current += (current.isEmpty ? "" : " ") + unit
            }
        }
        return (lines + [current]).joined(separator: " \\\n\(indent)")
    }

    /// The words of a command of the system's shell, each as it is quoted; an option with its value is one.
    static func units(of command: String) -> [String] {
        var words: [String] = [""]
        var quote: Character?
        var isEscaped = false
        for character in command {
            if character == " ", quote == nil, !isEscaped {
                words.append("")
                continue
            }
            words[words.count - 1].append(character)
            if isEscaped {
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
            }
        }
        return words.reduce(into: []) { units, word in
            if let last = units.last, last.hasPrefix("-"), !last.contains("="), !last.contains(" "),
                !word.hasPrefix("-")
            {
                units[units.count - 1] += " " + word
            } else {
                units.append(word)
            }
        }
    }
}

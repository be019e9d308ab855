/// The earlier lines of a session, and the position of the up and down keys.
package struct HistoryRecall: Sendable {
    /// The lines, oldest first.
    package private(set) var lines: [String]
    /// The shown line; `lines.count` for the one that is being typed.
    private var position: Int
    /// The typed text before the first step up.
    private var draft = ""

    /// A recall over earlier lines, oldest first.
    package init(_ lines: [String]) {
        self.lines = lines
        position = lines.count
    }

    /// Goes back to the end, for a new prompt.
    package mutating func restart() {
        position = lines.count
        draft = ""
    }

    /// Adds a line, unless it is blank or repeats the last one.
    package mutating func remember(_ line: String) {
        if !line.allSatisfy(\.isWhitespace), line != lines.last { lines.append(line) }
        restart()
    }

    /// The line before the shown one; `nil` at the oldest. `current` is the text in the editor.
    package mutating func older(than current: String) -> String? {
        guard position > 0 else { return nil }
        if position == lines.count { draft = current }
        position -= 1
        return lines[position]
    }

    /// The line after the shown one, finally the typed one; `nil` after that.
    package mutating func newer() -> String? {
        guard position < lines.count else { return nil }
        position += 1
        return position == lines.count ? draft : lines[position]
    }

    /// Goes to a line found by a search; `current` is the earlier text in the editor.
    mutating func go(to index: Int, from current: String) {
        if position == lines.count { draft = current }
        position = index
    }
}

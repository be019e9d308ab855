/// The incremental search through the history, as bash has it: Ctrl-R begins it and goes on to an older match, letters
/// extend the pattern, Ctrl-G gives up, and any other key takes the match and then does its work.
package struct HistorySearch: Sendable {
    /// The result of a key.
    package enum Step: Sendable, Equatable {
        /// The search continues; `isFound` is false if nothing older matches.
        case goesOn(isFound: Bool)
        /// The match is accepted, and the key must still do its work.
        case taken
        /// The search is cancelled: the line is as before.
        case givenUp
    }

    /// The text typed in the search.
    package private(set) var pattern = ""
    /// The line that matches, as an index into the history.
    package private(set) var match: Int?
    /// The line as it was when the search began.
    package let original: String
    private var isFound = true

    /// A search that begins.
    package init(from original: String) {
        self.original = original
    }

    /// What stands in place of the prompt.
    package var prompt: Prompt {
        Prompt("(\(isFound ? "search" : "not found")) \(pattern):")
    }

    /// Obeys a key, with the history, the oldest line first.
    package mutating func handle(_ key: Unicode.Scalar, in lines: [String]) -> Step {
        switch key {
        case "\u{12}":  // Ctrl-R
            find(in: lines, from: (match ?? lines.count) - 1)
        case "\u{07}":  // Ctrl-G
            return .givenUp
        case "\u{08}", "\u{7f}":
            if !pattern.isEmpty { pattern.removeLast() }
            find(in: lines, from: lines.count - 1)
        case _ where key.isControl:
            return .taken
        default:
            pattern.unicodeScalars.append(key)
            find(in: lines, from: match ?? lines.count - 1)
        }
        return .goesOn(isFound: isFound)
    }

    private mutating func find(in lines: [String], from start: Int) {
        guard !pattern.isEmpty else {
            isFound = true
            match = nil
            return
        }
        let found = lines.prefix(start + 1).lastIndex { $0.contains(pattern) }
        isFound = found != nil
        match = found ?? match
    }
}

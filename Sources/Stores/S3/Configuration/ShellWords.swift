/// A line split into words as a POSIX shell splits it, and nothing more: no variables, no globs, no comments.
///
/// Source: Python's `shlex.split`, with which the AWS CLI reads `credential_process` and the names of profiles.
enum ShellWords {
    /// - Returns: `nil` where a quote is not closed or nothing follows a backslash.
    static func split(_ line: some StringProtocol) -> [String]? {
        var words: [String] = []
        var word: String?
        var rest = Substring(line)
        while let character = rest.popFirst() {
            switch character {
            case "'":
                guard let end = rest.firstIndex(of: "'") else { return nil }
                word = (word ?? "") + rest[..<end]
                rest = rest[rest.index(after: end)...]
            case "\"":
                guard let quoted = quotedText(&rest) else { return nil }
                word = (word ?? "") + quoted
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                word = (word ?? "") + String(next)
            case _ where character.isWhitespace:
                if let finished = word { words.append(finished) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// What stands before the next `"`, where a backslash escapes only `"` and itself.
    private static func quotedText(_ rest: inout Substring) -> String? {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\" where rest.first == "\"" || rest.first == "\\": text += rest.popFirst().map(String.init) ?? ""
            default: text.append(character)
            }
        }
        return nil
    }
}

extension String {
    /// The text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own.
    ///
    /// - Parameter indent: What all lines after the first begin with.
    func wrapped(to width: Int, indent: String = "") -> String {
        var lines: [String] = []
        // What a line begins with stays: it may be a list.
        let lead = String(prefix { $0 == " " })
        var line = lead
        for word in split(separator: " ") {
            let isEmpty = line.allSatisfy { $0 == " " } || line == indent && !lines.isEmpty
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = lead + indent + word
            } else {
                line += (isEmpty ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// The same for each of its lines.
    func wrappedLines(to width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).wrapped(to: width) }.joined(
            separator: "\n"
        )
    }
}

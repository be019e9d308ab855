extension HistoryRecall {
    /// The number of the line that a text recalls, counted from 1: `!27`, or `!!` for the last one; `nil` for any other
    /// text.
    package static func number(in text: String, lineCount: Int) -> Int? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].hasPrefix("!") else { return nil }
        let number = words[0].dropFirst()
        if number == "!" { return lineCount }
        return number.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(number) : nil
    }
}

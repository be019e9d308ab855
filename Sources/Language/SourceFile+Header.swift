extension SourceFile {
    /// The comment at the beginning, line by line without its signs; empty where there is none. A first line that makes
    /// the file a program does not belong to it.
    package var headerComment: [String] {
        var lines: [String] = []
        var number = 1
        while let line = text(ofLine: number) {
            let isProgramLine = number == 1 && line.hasPrefix("#!")
            let isBlank = line.allSatisfy(\.isWhitespace)
            number += 1
            if isProgramLine || isBlank && lines.isEmpty { continue }
            guard line.hasPrefix("#") else { break }
            let comment = line.drop { $0 == "#" }
            lines.append(String(comment.hasPrefix(" ") ? comment.dropFirst() : comment))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// - Returns: `nil` behind the last line.
    private func text(ofLine line: Int) -> String? {
        guard line <= lineCount else { return nil }
        return String(decoding: bytes[textRange(ofLine: line)], as: UTF8.self)
    }
}

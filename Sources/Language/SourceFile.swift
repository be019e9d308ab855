/// A runbook's text, with the lines and columns of its bytes.
package final class SourceFile: Sendable {
    /// Its name in findings: a path, `-c`, `standard input` or `prompt`.
    package let name: String
    /// UTF-8 without NUL; a byte order mark is kept, so that offsets match the file.
    package let bytes: [UInt8]
    /// Whether its words come from outside the language: another shell has read their quotes.
    package let isCommandLine: Bool
    /// The offset of each line's first byte, ascending; the first is 0.
    private let lineStarts: [Int]

    /// - Throws: A finding at the first byte that is not UTF-8 text.
    package init(name: String, bytes: [UInt8]) throws(Diagnostic) {
        self.name = name
        self.bytes = bytes
        isCommandLine = false
        self.lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        if let offset = Self.firstOffsetThatIsNotText(in: bytes) {
            let byte = "0x" + (bytes[offset] < 16 ? "0" : "") + String(bytes[offset], radix: 16)
            throw Diagnostic(
                bytes[offset] == 0
                    ? "this is not a script: it holds binary data (a NUL byte at offset \(offset))"
                    : "this is not UTF-8 text: byte \(byte) at offset \(offset)",
                at: Span(offset, offset + 1),
                in: self,
                hint: "a script is plain text in UTF-8"
            )
        }
    }

    /// A `String` is always valid; the lexer reports NUL like any control character.
    package init(name: String, text: String, isCommandLine: Bool = false) {
        self.name = name
        self.isCommandLine = isCommandLine
        self.bytes = Array(text.utf8)
        self.lineStarts = [0] + bytes.indices.filter { [bytes] in bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    private static func firstOffsetThatIsNotText(in bytes: [UInt8]) -> Int? {
        let nul = bytes.firstIndex(of: 0)
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nul
        } catch {
            return min(nul ?? .max, error.byteOffsets.lowerBound)
        }
    }

    /// The line of a byte, counted from 1.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Line and column, both counted from 1; columns are Unicode scalars.
    package func position(at offset: Int) -> (line: Int, column: Int) {
        let line = line(at: offset)
        let start = textStart(ofLine: line)
        guard offset > start else { return (line, 1) }
        // Count the bytes that begin a scalar: a line can be megabytes long.
        return (line, bytes[start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1)
    }

    /// How many lines there are; behind a line end there is one more.
    package var lineCount: Int { lineStarts.count }

    /// The offsets of a line's text, without its end.
    package func textRange(ofLine line: Int) -> Range<Int> {
        let start = textStart(ofLine: line)
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<max(start, end)
    }

    /// The offsets of a line's text, including lines joined by backslashes.
    package func joinedRange(around range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 1, bytes[start - 1] == UInt8(ascii: "\n"), isJoined(before: start - 1) {
            start = textRange(ofLine: line(at: start - 1)).lowerBound
        }
        while end < bytes.count, isJoined(before: end), let next = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) {
            end = textRange(ofLine: line(at: next) + 1).upperBound
            if end <= next { break }
        }
        return start..<end
    }

    private func isJoined(before end: Int) -> Bool {
        let last = end > 0 && bytes[end - 1] == UInt8(ascii: "\r") ? end - 2 : end - 1
        return last >= 0 && bytes[last] == UInt8(ascii: "\\")
    }

    /// The number of bytes of a byte order mark at the start, 0 or 3.
    package var byteOrderMarkByteCount: Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private func textStart(ofLine line: Int) -> Int {
        line == 1 ? byteOrderMarkByteCount : lineStarts[line - 1]
    }
}

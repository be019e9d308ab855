/// The `{{NAME}}` in a text of a drill.
enum Placeholder {
    /// A text in its parts.
    enum Piece: Equatable {
        case text(Substring)
        case name(Substring)
    }

    /// What is not closed on its line is a text.
    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            let name = rest[start.upperBound..<end.lowerBound]
            if start.lowerBound > rest.startIndex { pieces.append(.text(rest[..<start.lowerBound])) }
            pieces.append(.name(name))
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }

    static func names(in text: String) -> [String] {
        pieces(of: text).compactMap { if case .name(let name) = $0 { String(name) } else { nil } }
    }

    /// The text with the values that are known.
    static func filled(_ text: String, with values: [String: String]) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return pieces(of: text).map { piece in
            switch piece {
            case .text(let text): String(text)
            case .name(let name): values[String(name)] ?? "{{\(name)}}"
            }
        }.joined()
    }
}

extension Substring {
    /// Where a text stands first.
    fileprivate func firstRange(of text: StaticString) -> Range<Index>? {
        let wanted = text.withUTF8Buffer { Array($0) }
        var start = startIndex
        while start < endIndex {
            if utf8[start...].starts(with: wanted) {
                return start..<utf8.index(start, offsetBy: wanted.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}

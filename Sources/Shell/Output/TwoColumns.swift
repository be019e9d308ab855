/// Two lists of lines beside each other, or one below the other where that has no room.
enum TwoColumns {
    private static let minWidth = 64
    private static let gap = "  | "

    static func text(_ left: [String], _ right: [String], width: Int) -> String {
        guard width >= minWidth else {
            return (left + ["---"] + right).map { $0.wrapped(to: width, indent: "  ") }.joined(separator: "\n")
        }
        let column = (width - gap.count) / 2
        let (left, right) = (lines(left, column), lines(right, column))
        return (0..<max(left.count, right.count)).map { row in
            let first = row < left.count ? left[row] : ""
            let second = row < right.count ? right[row] : ""
            let padding = String(repeating: " ", count: max(0, column - first.count))
            return second.isEmpty ? first : first + padding + gap + second
        }.joined(separator: "\n")
    }

    private static func lines(_ texts: [String], _ width: Int) -> [String] {
        texts.flatMap { $0.wrapped(to: width, indent: "  ").split(separator: "\n").flatMap { pieces($0, width) } }
    }

    /// A word that is longer than the column goes on in the next line.
    private static func pieces(_ line: Substring, _ width: Int) -> [String] {
        var rest = line
        var pieces: [String] = []
        repeat {
            pieces.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        } while !rest.isEmpty
        return pieces
    }
}

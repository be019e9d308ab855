import TestSupport

/// A prompt in a terminal of some width, and a learner at it.
final class DrillTerminal {
    let terminal: TmuxTerminal
    let columns: Int
    /// What stands before what is typed.
    private(set) var prompt = ""

    init(_ home: DrillHome, columns: Int = 80, words: [String] = []) throws {
        self.columns = columns
        terminal = try TmuxTerminal([Program.path] + words, in: home.folder, columns: columns, rows: 200)
        _ = try output(after: 0)
    }

    /// What the screen showed before the first prompt.
    var greeting: [String] { get throws { Array(try terminal.lines().dropLast()) } }

    /// Types a line on an empty screen, and waits for the next prompt.
    ///
    /// - Returns: The lines between the two.
    @discardableResult
    func run(_ line: String) throws -> [String] { try output(after: enter(line)) }

    /// Types a line on an empty screen that asks something.
    ///
    /// - Returns: How many lines of the screen it takes.
    func enter(_ line: String) throws -> Int {
        try terminal.press("C-l")
        try terminal.wait(for: "an empty screen") { Self.squeezed($0) == Self.squeezed([self.prompt]) }
        try terminal.type(line)
        let typed = Self.squeezed([prompt, line])
        let lines = try terminal.wait(for: "what was typed") { Self.squeezed($0) == typed }
        try terminal.press("Enter")
        return lines.count
    }

    /// Waits for a question, and answers it.
    func answer(_ question: String, _ text: String) throws {
        let question = Self.squeezed([question])
        try terminal.wait(for: "the question \(question)") { Self.squeezed($0).hasSuffix(question) }
        try terminal.type(text)
        try terminal.press("Enter")
    }

    /// Waits for the next prompt.
    ///
    /// - Parameter count: How many lines stand before what is returned.
    func output(after count: Int) throws -> [String] {
        let lines = try terminal.wait(for: "the next prompt") { lines in
            guard let start = Self.promptStart(lines), start >= count else { return false }
            return Self.squeezed(Array(lines[start...])).hasSuffix(">")
        }
        let start = Self.promptStart(lines) ?? 0
        prompt = lines[start...].joined(separator: " ")
        return Array(lines[min(count, start)..<start])
    }

    /// The lines of the screen that the terminal broke at its edge, although a blank stands where they could end. What
    /// is typed breaks anywhere.
    func brokenLines() throws -> [String] {
        try terminal.lines(joinsWrapped: true).filter { line in
            let longest = line.split(separator: " ").map(\.count).max() ?? 0
            return line.count > columns && longest < columns - 8 && !line.hasPrefix("snapsh")
        }
    }

    private static func promptStart(_ lines: [String]) -> Int? {
        lines.lastIndex { $0.hasPrefix("snapsh") && !$0.contains(": '") }
    }

    /// Without blanks: where lines are broken makes no difference.
    private static func squeezed(_ lines: [String]) -> String { lines.joined().filter { $0 != " " } }
}

extension [String] {
    /// As one line: where it is broken makes no difference.
    var words: String { joined(separator: " ").split(separator: " ").joined(separator: " ") }
}

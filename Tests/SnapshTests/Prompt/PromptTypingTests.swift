import TestSupport
import Testing

@Suite("Typing and pasting", .ownThread)
struct PromptTypingTests {
    @Test("letters of all scripts can be typed, taken back and printed")
    func letters() throws {
        let session = try PromptSession()
        #expect(try session.run("echo grüße 日本語 €") == ["grüße 日本語 €"])
        try session.type("echo 日本ü")
        try session.terminal.press("BSpace", "BSpace")
        try session.expect(typed: "echo 日")
        try session.terminal.press("Left", "Left", "Left", "C-d")
        try session.expect(typed: "ech 日")
    }

    @Test("a backslash at the end goes on with the next line, and Ctrl-C drops both")
    func continuation() throws {
        let session = try PromptSession()
        try session.run("echo one \\", then: "...>")
        #expect(try session.run("two", then: "snapsh>") == ["one two"])
        try session.run("echo three \\", then: "...>")
        try session.type("four")
        try session.dropLine(then: "snapsh>")
        #expect(try session.terminal.lines().suffix(2) == ["...> four^C", "snapsh>"])
        #expect(try session.run("history").first == "  1  echo one two")
    }

    @Test("a line of 5 kB can be pasted, and runs as a whole")
    func longLine() throws {
        let session = try PromptSession(["sh", "-c", #"exec "$@" >out"#, "sh", Program.path])
        let words = (1...1000).map { "w\($0)" }.joined(separator: " ")
        try session.terminal.paste("echo \(words)")
        try session.terminal.wait(for: "w1000")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "snapsh>")
        #expect(try session.folder.read("out") == Array((words + "\n").utf8))
    }

    @Test("of a paste of lines none runs by itself: each is offered, one after the other")
    func pastedLines() throws {
        let session = try PromptSession()
        try session.type("echo zero ")
        try session.terminal.paste("and one\necho two\r\n\n\u{1B}[31mecho \u{7}three\n")
        try session.expect(typed: "echo zero and one")
        try session.terminal.press("Enter")
        try session.expect(typed: "echo two")
        try session.terminal.type("!")
        try session.terminal.press("Enter")
        try session.expect(typed: "[31mecho three")
        #expect(
            try session.terminal.lines().dropFirst() == [
                "snapsh> echo zero and one", "zero and one", "snapsh> echo two!", "two!", "snapsh> [31mecho three",
            ]
        )
        try session.dropLine()
        #expect(try session.run("echo four") == ["four"])
    }

    @Test("Ctrl-C drops what is left of a paste")
    func droppedPaste() throws {
        let session = try PromptSession()
        try session.terminal.paste("echo one\necho two\necho three\n")
        try session.expect(typed: "echo one")
        try session.terminal.press("Enter")
        try session.expect(typed: "echo two")
        try session.dropLine()
        #expect(try session.run("echo four") == ["four"])
    }

    @Test("a change of the window's width keeps the line, and draws it once", arguments: [20, 40, 200])
    func resize(columns: Int) throws {
        let session = try PromptSession(columns: 60)
        let words = (1...16).map { "word\($0)" }.joined(separator: " ")
        try session.terminal.type("echo \(words)")
        try session.terminal.wait(for: "word16")
        try session.terminal.resize(columns: columns, rows: 40)
        try session.terminal.type("#")
        let shown = "snapsh> echo \(words)#"
        try session.terminal.wait(for: "the line, drawn anew") { lines in
            let start = lines.firstIndex { $0.hasPrefix("snapsh>") } ?? 0
            return Self.joined(lines[start...], columns: columns) == shown
        }
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") { lines in
            lines.last == "snapsh>" && Self.joined(lines.dropLast(), columns: columns).hasSuffix("\(words)#")
        }
    }

    @Test("a change of the window's width while a command runs is known at the next prompt")
    func resizeBetweenPrompts() throws {
        let session = try PromptSession(columns: 120)
        try session.type("!echo begun; cat")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "begun")
        try session.terminal.resize(columns: 40, rows: 40)
        try session.terminal.press("C-d")
        try session.terminal.wait(forLastLine: "snapsh>")
        let words = (1...8).map { "word\($0)" }.joined(separator: " ")
        try session.terminal.type("cho \(words)")
        try session.terminal.wait(for: "word8")
        try session.terminal.press("C-a")
        try session.terminal.type("e")
        try session.terminal.wait(for: "the line, with its first letter") { lines in
            Self.joined(lines.suffix(2), columns: 40) == "snapsh> echo \(words)"
        }
    }

    /// Rows of the screen as the one line that was broken into them.
    private static func joined(_ rows: ArraySlice<String>, columns: Int) -> String {
        rows.enumerated().map { index, row in
            let isLast = index == rows.count - 1
            return isLast ? row : row + String(repeating: " ", count: max(0, columns - row.count))
        }.joined()
    }
}

import Foundation
import TestSupport
import Testing

/// What a paste may contain, and how it may arrive: whatever that is, none of it runs by itself.
@Suite("Odd pastes", .ownThread)
struct PromptPasteTests {
    private static let start = "\u{1B}[200~"
    private static let end = "\u{1B}[201~"

    @Test(
        "a key that makes a signal, ends the session or stops the terminal is dropped from a paste",
        arguments: ["\u{3}", "\u{1A}", "\u{1C}", "\u{4}", "\u{13}", "\u{16}", "\u{3}\u{1A}\u{4}\u{1C}"]
    )
    func signalKeys(key: String) throws {
        let session = try PromptSession()
        try session.type("echo zero ")
        try session.terminal.paste("one\(key) two\n\(key)echo three\n\(key)")
        try session.expect(typed: "echo zero one two")
        try session.terminal.press("Enter")
        try session.expect(typed: "echo three")
        #expect(
            try session.terminal.lines().dropFirst() == [
                "snapsh> echo zero one two", "zero one two", "snapsh> echo three",
            ]
        )
        try session.dropLine()
        #expect(try session.run("echo four") == ["four"])
    }

    @Test("the keys for signals are those that the user has chosen for the terminal")
    func chosenKeys() throws {
        let session = try PromptSession()
        try session.run("!stty intr ^X quit ^T susp undef")
        try session.type("echo one")
        try session.terminal.press("C-c", "C-t", "C-z")
        try session.terminal.type(" two")
        try session.expect(typed: "echo one two")
        try session.terminal.press("C-x")
        try session.terminal.wait(forLastLine: "snapsh>")
        try session.terminal.paste("echo \u{18}three\n")
        try session.expect(typed: "echo three")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") { $0.suffix(2) == ["three", "snapsh>"] }
    }

    @Test("Ctrl-\\ at the prompt does nothing")
    func quitKey() throws {
        let session = try PromptSession()
        try session.type("echo one")
        try session.terminal.press("C-\\")
        try session.terminal.type(" two")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") { $0.suffix(2) == ["one two", "snapsh>"] }
    }

    @Test("a paste may come in pieces, its marks cut in two")
    func pieces() throws {
        let session = try PromptSession()
        let pieces = ["\u{1B}[20", "0~echo on", "e\recho two\r\u{1B}[2", "01", "~"]
        for piece in pieces {
            try session.terminal.send(piece)
            usleep(400_000)
        }
        try session.expect(typed: "echo one")
        try session.terminal.press("Enter")
        try session.expect(typed: "echo two")
        #expect(try session.terminal.lines().dropFirst() == ["snapsh> echo one", "one", "snapsh> echo two"])
    }

    @Test("what is typed right behind a paste is read as keys, and an end that is cut short is text")
    func keysBehindThePaste() throws {
        let session = try PromptSession()
        try session.terminal.send(Self.start + "echo one\u{1B}[20 \u{1B}[2\u{1B}" + Self.end + "two\r")
        try session.terminal.wait(for: "the line to be run") {
            $0.suffix(3) == ["snapsh> echo one[20 [2two", "one[20 [2two", "snapsh>"]
        }
    }

    @Test("a paste whose end never comes says so, and Ctrl-C drops it")
    func missingEnd() throws {
        let session = try PromptSession()
        try session.type("echo ")
        try session.terminal.send(Self.start + "one\recho two\u{3}\recho three\r")
        try session.terminal.wait(for: "the paste has not ended yet: Ctrl-C drops it")
        try session.terminal.press("Enter")
        try session.terminal.press("C-d")
        // As fast as one who grows impatient.
        try session.terminal.wait(for: "the paste to be dropped") {
            usleep(400_000)
            try session.terminal.press("C-c")
            return try session.terminal.lines().contains("the paste was dropped: its end never came")
        }
        try session.terminal.wait(forLastLine: "snapsh>")
        #expect(try session.run("echo four") == ["four"])
        #expect(try !session.terminal.lines().contains { ["one", "two", "three"].contains($0) })
    }

    @Test("a paste that stalls and goes on is one paste")
    func stall() throws {
        let session = try PromptSession()
        try session.terminal.send(Self.start + "echo one\r")
        try session.terminal.wait(for: "the paste has not ended yet: Ctrl-C drops it")
        try session.terminal.send("echo two\u{3}\recho three\r" + Self.end)
        try session.expect(typed: "echo one")
        try session.terminal.press("Enter")
        try session.expect(typed: "echo two")
        #expect(try session.terminal.lines().suffix(3) == ["snapsh> echo one", "one", "snapsh> echo two"])
    }

    @Test("a signal from elsewhere drops the paste that is being read, and nothing of it is run")
    func signalFromElsewhere() throws {
        let session = try PromptSession()
        try session.terminal.send(Self.start + "echo one\recho ")
        kill(try session.terminal.processID(), SIGINT)
        usleep(100_000)
        try session.terminal.send("two\recho three\r" + Self.end)
        try session.terminal.wait(for: "the line to be dropped") { $0.suffix(2) == ["snapsh> echo one^C", "snapsh>"] }
        #expect(try session.run("echo four") == ["four"])

        try session.terminal.send(Self.start + "echo five\r")
        try session.terminal.wait(for: "the paste has not ended yet: Ctrl-C drops it")
        kill(try session.terminal.processID(), SIGINT)
        try session.terminal.wait(forLastLine: "snapsh>")
        #expect(try session.run("echo six") == ["six"])
        kill(try session.terminal.processID(), SIGTERM)
        #expect(try session.terminal.exitCode() == 143)
    }

    @Test("a paste of more than 1 MiB is dropped with a sentence, and one of 1 MiB is not")
    func limit() throws {
        let session = try PromptSession(["sh", "-c", #"exec "$@" >out"#, "sh", Program.path])
        try session.type("echo one")
        let text = String(repeating: "# \(String(repeating: "x", count: 1021))\n", count: 1024)
        try session.terminal.paste(text + "#")
        try session.terminal.wait(for: "the sentence and the line") {
            $0.suffix(2) == [
                "cannot paste: that is more than 1.0 MiB; write it to a file and run 'source FILE'", "snapsh> echo one",
            ]
        }
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "snapsh>")
        #expect(try session.folder.read("out") == Array("one\n".utf8))
        try session.terminal.paste(text)
        try session.terminal.wait(for: String(repeating: "x", count: 100))
        try session.dropLine()
    }

    @Test("of a paste that comes while a command runs, nothing behind a Ctrl-C is run")
    func whileACommandRuns() throws {
        let session = try PromptSession()
        try session.beginLongGet()
        try session.terminal.paste("echo one\necho two\u{3}echo three\necho four\n")
        try session.terminal.wait(for: "interrupted")
        try session.terminal.wait(forLastLine: "snapsh pv foo@65536>")
        #expect(try session.run("echo five") == ["five"])
        #expect(try !session.terminal.lines().contains { ["one", "two", "three", "four"].contains($0) })
    }

    @Test("Ctrl-Z at the prompt stops whoever runs the program, too")
    func wrapped() throws {
        let session = try PromptSession(
            ["bash", "--norc", "--noprofile", "-i"],
            prompt: "$",
            environment: ["PS1": "$ ", "HISTFILE": ""]
        )
        try session.run("sh -c '\(Program.path); echo ended'", then: "snapsh>")
        try session.type("echo kept")
        try session.terminal.press("C-z")
        try session.terminal.wait(forLastLine: "$")
        try session.terminal.type("fg")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "snapsh> echo kept")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") { $0.suffix(2) == ["kept", "snapsh>"] }
    }
}

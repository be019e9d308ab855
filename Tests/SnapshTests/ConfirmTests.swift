import TestSupport
import Testing

@Suite("Steps that a person does", .ownThread)
struct ConfirmTests {
    private static let text = "confirm 'the API servers are stopped'\necho reached\n"

    private static func session(_ answer: String, _ key: String = "Enter") throws -> PromptSession {
        let session = try PromptSession(
            [Program.path, "s.snapsh"],
            prompt: "the API servers are stopped: type 'yes' to continue:"
        ) {
            try $0.folder.write(Self.text.utf8, to: "s.snapsh")
        }
        try session.type(answer)
        try session.terminal.press(key)
        return session
    }

    @Test("a typed 'yes' confirms a step, and is shown")
    func confirming() throws {
        let session = try Self.session("yes")
        #expect(try session.terminal.exitCode() == 0)
        try session.terminal.wait(forLastLine: "reached")
        try session.terminal.wait(for: "confirmed: the API servers are stopped")
    }

    @Test(
        "anything else ends the script: exit code 3, Ctrl-C 130",
        arguments: [("y", "Enter", 3), ("", "Enter", 3), ("", "C-d", 3), ("", "C-c", 130), ("yes", "C-c", 130)]
    )
    func refusing(answer: String, key: String, exitCode: Int32) throws {
        let session = try Self.session(answer, key)
        #expect(try session.terminal.exitCode() == exitCode)
        let lines = try session.terminal.lines()
        let shown = lines.joined(separator: "\n")
        #expect(!shown.contains("reached") && !lines.contains { $0.hasPrefix("confirmed") }, "\(shown)")
        if exitCode == 3 {
            #expect(shown.contains("s.snapsh:1:1: 'the API servers are stopped' is not confirmed"), "\(shown)")
        }
    }

    @Test("what was typed ahead confirms nothing")
    func typingAhead() throws {
        let session = try PromptSession()
        try session.type("!sleep 1; true")
        try session.terminal.press("Enter")
        try session.terminal.type("confirm 'it is stopped'")
        try session.terminal.press("Enter")
        try session.terminal.type("yes")
        try session.terminal.press("Enter")
        try session.terminal.wait(forLastLine: "it is stopped: type 'yes' to continue:")
    }

    @Test("without a terminal a step ends the script, and the sentence says how to confirm it")
    func unattended() throws {
        let outcome = try Program().run(["-c", Self.text])
        expectFailure(outcome, 3, says: "'the API servers are stopped' is not confirmed, and there is no terminal")
        #expect(outcome.talk.contains("snapsh --confirmed 'the API servers are stopped' …"))
        #expect(outcome.output.isEmpty)
    }

    @Test("the very text on the command line confirms a step; another text is a mistake before anything runs")
    func confirmedOnCommandLine() throws {
        let program = try Program()
        let done = try program.run(["--confirmed", "the API servers are stopped", "-c", Self.text])
        #expect(done.exitCode == 0)
        #expect(done.output == "confirmed on the command line: the API servers are stopped\nreached\n")
        for text in ["The API servers are stopped", "the API servers", "the API servers are stopped ", ""] {
            for flags in [[], ["--check"]] {
                let outcome = try program.run(flags + ["--confirmed", text, "-c", "echo ran\n" + Self.text])
                let named = text.isEmpty ? "" : ": '\(text)'"
                expectFailure(outcome, 2, says: "no 'confirm' in the script has the text of --confirmed\(named)")
                #expect(outcome.output.isEmpty)
            }
        }
        let checked = try program.run(["--json", "--check", "--confirmed", "another", "-c", Self.text])
        #expect(checked.output.contains(#""code":"script.unknown-confirmation""#), "\(checked.output)")
    }

    @Test("the hint confirms the very text, whatever stands in it")
    func hint() throws {
        let program = try Program()
        for text in ["it is\tstopped", "don't \\ stop", "a\u{200B}b", "ü\t'1"] {
            try program.folder.write(
                "confirm \"\(text.replacing("\\", with: "\\\\"))\"\necho reached\n".utf8,
                to: "s.snapsh"
            )
            let outcome = try program.run(["s.snapsh"])
            let shown = try #require(outcome.talk.firstMatch(of: /snapsh (--confirmed .*) …/)).1
            let again = try program.run(["s.snapsh"], prefix: ["bash", "-c", "\"$0\" \(shown) \"$@\""])
            #expect(again.exitCode == 0 && again.output.hasSuffix("reached\n"), "\(shown) \(again.talk)")
        }
    }

    @Test("a secret can't be in the text of a step")
    func secrets() throws {
        let program = try Program()
        try program.folder.write("SECRET".utf8, to: "token")
        let script = "param token --secret\nconfirm \"send $token\""
        let outcome = try program.run(["-c", script, "token=@token"])
        expectFailure(outcome, 2, says: "'token' is secret, and this would show it")
        #expect(!outcome.talk.contains("SECRET"))
    }
}

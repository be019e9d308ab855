import Audit
import TestSupport
import Testing

@Suite("Step by step", .ownThread)
struct StepTests {
    /// A script in a terminal, whose user is asked before its first command.
    private struct Session {
        let session: PromptSession
        var terminal: TmuxTerminal { session.terminal }

        init(_ text: String, _ words: [String] = [], more files: [String: String] = [:]) throws {
            session = try PromptSession([Program.path, "--step", "s.snapsh"] + words, prompt: "run, skip or quit?") {
                try $0.folder.write(text.utf8, to: "s.snapsh")
                for (name, text) in files { try $0.folder.write(text.utf8, to: name) }
            }
        }

        /// Answers the question about a command.
        func answer(_ answer: String, to command: String) throws {
            try terminal.wait(for: "the question about \(command)") { lines in
                lines.last == "run, skip or quit?"
                    && lines.last { $0.contains(".snapsh:") && !$0.hasPrefix("warning") }?.hasSuffix(command) == true
            }
            try terminal.type(answer)
            try terminal.press("Enter")
        }

        func end() throws -> (exitCode: Int32, shown: String) {
            (try terminal.exitCode(), try terminal.lines().joined(separator: "\n"))
        }
    }

    private static let recovery = "use pv backups\ncluster foo\npick max\nset name = out.db\nget $name\n"

    @Test("each command is shown with its place and its words filled in, and runs when that is answered")
    func running() throws {
        let session = try Session(Self.recovery)
        try session.answer("r", to: "s.snapsh:1:1: use pv backups")
        try session.answer("run", to: "s.snapsh:2:1: cluster foo")
        try session.answer("r", to: "s.snapsh:3:1: pick max")
        try session.answer(" R ", to: "s.snapsh:4:1: set name = out.db")
        try session.answer("r", to: "s.snapsh:5:1: get out.db")
        #expect(try session.end().exitCode == 0)
        #expect(session.session.folder.exists("out.db"))
    }

    @Test("a skip is refused where a later command needs the skipped one, and the reason is said")
    func refusedSkips() throws {
        let session = try Session(Self.recovery)
        try session.answer("r", to: "use pv backups")
        try session.answer("r", to: "cluster foo")
        try session.answer("s", to: "pick max")
        try session.terminal.wait(
            for: "cannot skip this: without it, s.snapsh:5:1 is wrong: no backup is picked before this"
        )
        try session.answer("r", to: "pick max")
        try session.answer("skip", to: "set name = out.db")
        try session.terminal.wait(
            for: "cannot skip this: without it, s.snapsh:5:5 is wrong: variable 'name' is not set before this"
        )
        try session.answer("what", to: "set name = out.db")
        try session.terminal.wait(for: "type run, skip or quit")
        try session.answer("r", to: "set name = out.db")
        try session.answer("s", to: "get out.db")
        #expect(try session.end().exitCode == 0)
        #expect(!session.session.folder.exists("out.db"))
    }

    @Test("a skipped command counts as not written: what follows behind '||' is asked about")
    func chains() throws {
        let session = try Session(
            "use service || use pv backups\ncluster foo\nls || exit 7\nexpect ls.count > 9 || exit 8\necho end\n"
        )
        try session.answer("s", to: "use service")
        try session.answer("r", to: "use pv backups")
        try session.answer("r", to: "cluster foo")
        try session.answer("r", to: "ls")
        try session.answer("s", to: "expect ls.count > 9")
        try session.answer("s", to: "exit 8")
        try session.answer("r", to: "echo end")
        let (exitCode, shown) = try session.end()
        #expect(exitCode == 0 && shown.hasSuffix("\nend"), "\(shown)")
    }

    @Test("a skip is in the transcript, as what it is")
    func transcript() throws {
        let session = try Session("echo one\necho two || echo three\necho four\n", ["--transcript", "t.jsonl"])
        try session.answer("r", to: "echo one")
        try session.answer("s", to: "echo two")
        try session.answer("s", to: "echo three")
        try session.answer("q", to: "echo four")
        #expect(try session.end().exitCode == 130)
        let events = try Transcript(path: session.session.folder.path("t.jsonl")).events
        let commands = events.filter { $0.kind == .command }
        #expect(commands.map(\.command) == ["echo one", "echo two", "echo three", "echo four"])
        #expect(commands.map(\.outcome) == [.ok, .skipped, .skipped, .failed])
        #expect(commands.last?.code == "step.quit")
        // What was skipped has not begun.
        #expect(events.filter { $0.kind == .begin }.map(\.command) == ["echo one"])
        #expect(events.last?.kind == .end && events.last?.exit == 130)
        let report = try Program().run(["report", session.session.folder.path("t.jsonl")]).output
        #expect(report.contains("| echo two | **skipped** |"), "\(report)")
    }

    @Test("where one was skipped, a later one that needs both is refused; includes are asked about one by one")
    func includes() throws {
        let session = try Session(
            "use pv backups; cluster foo\nsource common.snapsh\ninfo\n",
            more: ["common.snapsh": "pick max\necho one; echo two\n"]
        )
        try session.answer("r", to: "use pv backups")
        try session.answer("r", to: "s.snapsh:1:17: cluster foo")
        try session.answer("s", to: "source common.snapsh")
        try session.terminal.wait(for: "without it, s.snapsh:3:1 is wrong: no backup is picked before this")
        try session.answer("r", to: "source common.snapsh")
        try session.answer("s", to: "common.snapsh:1:1: pick max")
        try session.terminal.wait(for: "without it, s.snapsh:3:1 is wrong")
        try session.answer("r", to: "pick max")
        try session.answer("s", to: "common.snapsh:2:1: echo one")
        try session.answer("r", to: "common.snapsh:2:11: echo two")
        try session.answer("q", to: "info")
        let (exitCode, shown) = try session.end()
        #expect(exitCode == 130, "\(shown)")
        #expect(shown.contains("\ntwo") && !shown.contains("\none"), "\(shown)")
        #expect(shown.contains("s.snapsh:3:1: stopped before this command, as you asked"))
    }

    @Test("Ctrl-C and Ctrl-D at the question end the script with 130", arguments: ["C-c", "C-d"])
    func interrupting(key: String) throws {
        let session = try Session("echo one\n")
        try session.terminal.press(key)
        let (exitCode, shown) = try session.end()
        #expect(exitCode == 130, "\(shown)")
        #expect(!shown.contains("\none"))
    }

    @Test("a secret is not shown")
    func secrets() throws {
        let text = "param token --secret\nuse service http://127.0.0.1:9 --header \"X-Token: $token\" || echo done\n"
        let session = try Session(text, ["token=@token"], more: ["token": "SECRET-s"])
        try session.answer("r", to: "param token --secret")
        try session.answer("r", to: "use service http://127.0.0.1:9 --header ***")
        try session.answer("r", to: "echo done")
        let (exitCode, shown) = try session.end()
        #expect(exitCode == 0 && !shown.contains("SECRET"), "\(shown)")
    }
}

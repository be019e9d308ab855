import TestSupport
import Testing

@Suite("The history of what was typed", .ownThread)
struct PromptHistoryTests {
    @Test("the up and down keys bring lines back, and what was begun")
    func recall() throws {
        let session = try PromptSession()
        try session.run("echo one")
        try session.run("echo two")
        try session.type("begun")
        for (key, line) in [("Up", "echo two"), ("Up", "echo one"), ("Down", "echo two"), ("Down", "begun")] {
            try session.terminal.press(key)
            try session.expect(typed: line)
        }
        try session.terminal.press("Up", "Up", "Enter")
        try session.terminal.wait(for: "the line to be run") { $0.suffix(3) == ["snapsh> echo one", "one", "snapsh>"] }
    }

    @Test("Ctrl-R finds a line by a part of it, an older one with the next Ctrl-R; Ctrl-G gives up")
    func search() throws {
        let session = try PromptSession()
        for line in ["echo first apple", "echo pear", "echo second apple"] { try session.run(line) }
        try session.type("begun")
        try session.terminal.press("C-r")
        try session.terminal.type("app")
        try session.terminal.wait(forLastLine: "(search) app: echo second apple")
        try session.terminal.press("C-r")
        try session.terminal.wait(forLastLine: "(search) app: echo first apple")
        try session.terminal.press("C-r")
        try session.terminal.wait(forLastLine: "(not found) app: echo first apple")
        try session.terminal.press("C-g")
        try session.expect(typed: "begun")
        try session.dropLine()

        try session.terminal.press("C-r")
        try session.terminal.type("pe")
        try session.terminal.wait(forLastLine: "(search) pe: echo pear")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") {
            $0.suffix(3) == ["snapsh> echo pear", "pear", "snapsh>"]
        }
    }

    @Test("lines are run again by the numbers that 'history' shows")
    func numbers() throws {
        let session = try PromptSession()
        try session.run("echo one")
        try session.run("echo two")
        try session.run("!1")
        try session.terminal.wait(for: "the first line to be run") { $0.suffix(3) == ["echo one", "one", "snapsh>"] }
        try session.run("!!")
        try session.terminal.wait(for: "the last line to be run") { $0.suffix(3) == ["echo one", "one", "snapsh>"] }
        try session.run("history")
        try session.terminal.wait(for: "the numbers") {
            $0.contains("  1  echo one") && $0.contains("  4  echo one") && $0.contains("  5  history")
        }
        try session.run("!99")
        try session.terminal.wait(for: "the refusal") { $0.contains("cannot run line 99: there are 5 lines") }
    }

    @Test("is kept in a file that nobody else can read, for the next session")
    func file() throws {
        let home = try TemporaryFolder()
        let first = try PromptSession(home: home)
        try first.run("echo one")
        try first.type("echo dropped")
        try first.dropLine()
        try first.run("oops")
        #expect(try home.read(PromptSession.historyPath) == Array("echo one\noops\n".utf8))
        #expect(try home.mode(of: PromptSession.historyPath) == 0o600)
        #expect(try home.mode(of: ".local/state/snapsh") == 0o700)

        let next = try PromptSession(home: home)
        #expect(try next.run("history") == ["  1  echo one", "  2  oops", "  3  history"])
        try next.terminal.press("Up", "Up")
        try next.expect(typed: "oops")
    }

    @Test("lies where XDG_STATE_HOME says")
    func stateHome() throws {
        let state = try TemporaryFolder()
        let session = try PromptSession(environment: ["XDG_STATE_HOME": state.path])
        try session.run("echo one")
        #expect(try state.read("snapsh/history") == Array("echo one\n".utf8))
        #expect(try session.folder.names() == ["backups"])
    }

    @Test("a file that can't be used is told once, left alone, and does not end the session")
    func unusable() throws {
        let session = try PromptSession {
            try $0.folder.write("precious".utf8, to: "precious")
            try $0.folder.makeFolder(".local/state/snapsh")
            try $0.folder.link(PromptSession.historyPath, to: $0.folder.path("precious"))
        }
        let path = session.folder.path(PromptSession.historyPath)
        let sentence = "cannot read the history \(path): it is not a plain file; this session's lines are not kept"
        // Its lines end between words, and in a path that is longer than one.
        let shown = try session.terminal.lines().joined().filter { $0 != " " }
        #expect(shown.contains(sentence.filter { $0 != " " }))
        #expect(try session.run("echo one") == ["one"])
        #expect(try session.folder.read("precious") == Array("precious".utf8))
        try session.terminal.press("Up")
        try session.expect(typed: "echo one")
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Terminals and environments of many kinds", .ownThread)
struct PromptTerminalTests {
    private static let escape = "\u{1B}["

    @Test("the prompt and what went wrong are coloured")
    func colors() throws {
        let session = try PromptSession()
        try session.run("oops")
        let lines = try session.terminal.lines(showsEscapes: true)
        #expect(lines.contains { $0.contains(Self.escape) && $0.contains("snapsh>") })
        #expect(lines.contains { $0.contains(Self.escape) && $0.contains("unknown command") })
    }

    @Test("nothing is coloured where NO_COLOR is set, or the terminal is dumb", arguments: ["NO_COLOR=1", "TERM=dumb"])
    func noColors(setting: String) throws {
        let parts = setting.split(separator: "=").map(String.init)
        let session = try PromptSession(environment: [parts[0]: parts[1]])
        #expect(try session.run("oops").first == "unknown command 'oops'")
        #expect(try session.run("echo fine") == ["fine"])
        let lines = try session.terminal.lines(showsEscapes: true)
        #expect(!lines.contains { $0.contains("\u{1B}") }, "\(lines)")
    }

    @Test("a dumb terminal gets no escape sequences, and a whole recovery can be typed there")
    func dumb() throws {
        // What the program writes, unseen by the terminal.
        let session = try PromptSession(
            ["script", "--quiet", "--command", Program.path, "typescript"],
            environment: ["TERM": "dumb", "SHELL": "/bin/sh"]
        )
        try session.beginLongGet()
        try session.terminal.wait(for: "as much as is worth showing progress") {
            var status = stat()
            return stat(session.folder.path(".out.db.part"), &status) == 0 && status.st_size > 512 << 20
        }
        try session.terminal.press("C-c")
        try session.terminal.wait(for: "interrupted")
        try session.terminal.wait(forLastLine: "snapsh pv foo@65536>")
        #expect(try session.run("pick 208; get out.db", then: "snapsh pv foo@208>").contains { $0.hasPrefix("got ") })
        try session.terminal.type("in")
        try session.terminal.press("Tab", "BSpace", "BSpace")
        try session.expect(typed: "inf")
        try session.dropLine()
        try session.terminal.press("C-d")
        #expect(try session.terminal.exitCode() == 0)
        #expect(try !session.folder.read("typescript").contains(0x1B))
    }

    @Test("where stdout is a file, the prompt is edited on the terminal and the data goes to the file")
    func redirectedOutput() throws {
        let session = try PromptSession(["sh", "-c", #"exec "$@" >out"#, "sh", Program.path])
        try session.terminal.type("echx")
        try session.terminal.press("BSpace")
        try session.terminal.type("o hello")
        try session.expect(typed: "echo hello")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the next prompt") { $0.suffix(2) == ["snapsh> echo hello", "snapsh>"] }
        #expect(try session.run("oops").first == "unknown command 'oops'")
        #expect(try session.folder.read("out") == Array("hello\n".utf8))
    }

    @Test("letters can be typed in the C locale, and where none is said", arguments: ["C", "POSIX", "no_SUCH", nil])
    func locale(name: String?) throws {
        let session = try PromptSession(environment: ["LC_ALL": name])
        #expect(try session.run("echo grüße €") == ["grüße €"])
        try session.type("ü")
        try session.terminal.press("BSpace")
        try session.expect(typed: "")
    }

    @Test("keys of vi can be had, and Tab, Up and Ctrl-R still work")
    func viKeys() throws {
        let session = try PromptSession(environment: ["EDITRC": nil]) {
            try $0.folder.write("bind -v\n".utf8, to: ".editrc")
        }
        try session.run("echo one")
        try session.terminal.type("inf")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "info @")
        try session.dropLine()
        try session.terminal.press("C-r")
        try session.terminal.type("one")
        try session.terminal.wait(forLastLine: "(search) one: echo one")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "the line to be run") { $0.suffix(2) == ["one", "snapsh>"] }
    }

    @Test("without a home the prompt works, and keeps no history")
    func noHome() throws {
        let session = try PromptSession(environment: ["HOME": nil])
        #expect(try session.run("echo fine") == ["fine"])
        #expect(try session.folder.names() == ["backups"])
    }

    @Test("a name on the volume can't act on the terminal")
    func hostileNames() throws {
        let name = "foo\u{1B}]0;taken\u{7}\u{1B}[2J"
        let session = try PromptSession { try $0.volume.add(7, cluster: name) }
        let title = try session.terminal.title()
        try session.run("use pv backups", then: "snapsh pv foo>")
        let shown = #"foo\u{1b}]0;taken\u{7}\u{1b}[2J"#
        #expect(try session.run("clusters").contains { $0.contains(shown) })
        try session.terminal.type("cluster f")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "cluster foo @")
        #expect(try session.terminal.lines().contains { $0.hasPrefix("snapsh 0.") })
        #expect(try session.terminal.title() == title)
    }
}

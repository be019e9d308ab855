import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite("The history file")
struct HistoryFileTests {
    private let folder: TemporaryFolder
    private let history: HistoryFile

    init() throws {
        folder = try TemporaryFolder()
        history = HistoryFile(path: folder.path("state/snapsh/history"))
    }

    @Test("is empty where there is none, and reading makes none")
    func absent() throws {
        #expect(try history.load().isEmpty)
        #expect(try folder.names().isEmpty)
    }

    @Test("gives back what was added, oldest first, and is for its owner only")
    func roundTrip() throws {
        let lines = ["ls", "echo 'grüße 日本'", "ls", "  indented\twith a tab", "echo \\u{1b}"]
        for line in lines { try history.append(line) }
        #expect(try history.load() == lines)
        #expect(try folder.read("state/snapsh/history") == Array((lines.joined(separator: "\n") + "\n").utf8))
        #expect(try folder.mode(of: "state/snapsh/history") == 0o600)
        #expect(try folder.mode(of: "state/snapsh") == 0o700)
        #expect(try folder.mode(of: "state") == 0o700)
    }

    @Test("a file that others can read is closed to them, a folder stays as it is")
    func modes() throws {
        try folder.write("ls\n".utf8, to: "state/snapsh/history")
        for (name, mode) in [("state/snapsh/history", 0o644), ("state/snapsh", 0o755)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path(name))
        }
        try history.append("pick max")
        #expect(try history.load() == ["ls", "pick max"])
        #expect(try folder.mode(of: "state/snapsh/history") == 0o600)
        #expect(try folder.mode(of: "state/snapsh") == 0o755)
    }

    @Test(
        "what can't stand on a line of its own is not kept",
        arguments: ["", "  \t ", "a\nb", "a\rb", "a\u{0}b", "a\u{1B}[2Jb", "a\u{7F}b", "a\u{9B}b"]
    )
    func notKept(line: String) throws {
        try history.append(line)
        #expect(try folder.names().isEmpty)
    }

    @Test("lines that are not UTF-8, or have control characters, are left out and stay in the file")
    func oddLines() throws {
        var bytes = Array("good\n".utf8)
        bytes += [0xFF, 0xFE, 0x0A]
        bytes += Array("\u{1B}[2J\n\n \t\nfine\r\nlast\n".utf8)
        try folder.write(bytes, to: "state/snapsh/history")
        #expect(try history.load() == ["good", "last"])
        try history.append("new")
        #expect(try folder.read("state/snapsh/history") == bytes + Array("new\n".utf8))
    }

    @Test("a last line that a full disk had cut does not spoil the next one")
    func cutLine() throws {
        try folder.write("one\ntw".utf8, to: "state/snapsh/history")
        #expect(try history.load() == ["one", "tw"])
        try history.append("three")
        #expect(try history.load() == ["one", "tw", "three"])
    }

    @Test("only the last lines of a long file are read")
    func limits() throws {
        let lines = (1...1500).map { "echo \($0)" }
        try folder.write((lines.joined(separator: "\n") + "\n").utf8, to: "state/snapsh/history")
        #expect(try history.load() == Array(lines.suffix(1000)))
        #expect(try history.load(limit: 2) == ["echo 1499", "echo 1500"])
        #expect(try history.load(limit: 0).isEmpty)
    }

    @Test("of a file over a mebibyte the end is read, without the line that was cut")
    func hugeFile() throws {
        let long = String(repeating: "x", count: 2 << 20)
        try folder.write("\(long)\none\ntwo\n".utf8, to: "state/snapsh/history")
        #expect(try history.load() == ["one", "two"])
        try folder.write("\(long)".utf8, to: "state/snapsh/history")
        #expect(try history.load().isEmpty)
    }

    /// What stands in the place of the file.
    enum Obstacle: CaseIterable {
        case link, danglingLink, loop, pipe, folder, fileAsFolder
    }

    @Test("what is no plain file is refused and left alone", arguments: Obstacle.allCases)
    func obstacles(_ obstacle: Obstacle) throws {
        var reason = "it is not a plain file"
        var writingReason: String?
        try folder.write("precious\n".utf8, to: "precious")
        try folder.makeFolder("state/snapsh")
        switch obstacle {
        case .link: try folder.link("state/snapsh/history", to: folder.path("precious"))
        case .danglingLink: try folder.link("state/snapsh/history", to: folder.path("new"))
        case .loop: try folder.link("state/snapsh/history", to: "history")
        case .pipe: try #require(mkfifo(folder.path("state/snapsh/history"), 0o600) == 0)
        case .folder:
            try folder.makeFolder("state/snapsh/history")
            writingReason = "is a directory"
        case .fileAsFolder:
            try FileManager.default.removeItem(atPath: folder.path("state/snapsh"))
            try folder.write("precious\n".utf8, to: "state/snapsh")
            reason = "not a directory"
        }
        let before = try folder.state()
        #expect(throws: TerminalError.cannotReadHistory(path: history.path, reason: reason)) { try history.load() }
        #expect(throws: TerminalError.cannotWriteHistory(path: history.path, reason: writingReason ?? reason)) {
            try history.append("ls")
        }
        #expect(try folder.state() == before)
    }

    @Test("the sentence names the file in a form that can't act on a terminal")
    func sentence() {
        let error = TerminalError.cannotReadHistory(path: "/a\u{1B}b", reason: "permission denied")
        #expect("\(error)" == #"cannot read the history /a\u{1b}b: permission denied"#)
    }
}

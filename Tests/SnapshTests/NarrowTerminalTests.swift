import Foundation
import TestSupport
import Testing

/// What a person sees on a terminal of 80 or 50 columns.
@Suite("On a narrow terminal", .ownThread)
struct NarrowTerminalTests {
    /// Runs a line of the system's shell, in which `snapsh` is the program, and returns the screen once it has ended.
    private func screen(_ line: String, columns: Int, _ workplace: Workplace) throws -> (
        lines: [String], joined: [String]
    ) {
        // On a busy machine tmux was seen to show the first 4096 bytes only, once in some hundred runs.
        for _ in 0..<2 {
            if let shown = try? shown(line, columns: columns, workplace) { return shown }
        }
        return try shown(line, columns: columns, workplace)
    }

    private func shown(_ line: String, columns: Int, _ workplace: Workplace) throws -> (
        lines: [String], joined: [String]
    ) {
        let words = ["sh", "-c", "snapsh() { \(Program.path) \"$@\"; }; \(line); echo ended", "sh"]
        let terminal = try TmuxTerminal(words, in: workplace.folder, columns: columns, rows: 200)
        try terminal.wait(forLastLine: "ended")
        return (try terminal.lines().dropLast(), try terminal.lines(joinsWrapped: true).dropLast())
    }

    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"), age: 90_000)
        try workplace.volume.add(9, age: 300_000)
        return workplace
    }

    @Test("the list of commands has room on a screen of 24 lines")
    func overview() throws {
        #expect(try screen("snapsh help", columns: 80, workplace()).lines.count < 24)
    }

    private static let lines = [
        "snapsh help", "snapsh help get", "snapsh help use", "snapsh help facts", "snapsh help json",
        "snapsh -c 'use pv backups; ls; clusters; pick max; info'",
        "snapsh -c 'use pv backups; pick max; get out.db; restore; hashkv out.db; status; diff out.db out.db'",
        "snapsh restore none.db; snapsh -c 'use pv backups; cluster nonsense'; snapsh list; snapsh --nosuch",
        "snapsh -c 'target 3.3; use pv backups; ls; pick max'", "snapsh --dry-run -c 'use pv backups; pick max; get'",
    ]

    @Test("no word is cut, whatever is shown", arguments: lines, [80, 50])
    func wholeWords(line: String, columns: Int) throws {
        let (lines, joined) = try screen(line, columns: columns, try workplace())
        #expect(lines.count > 3, "\(lines)")
        // What the terminal breaks is one word that has no room at all, such as a hash or a URL behind its option.
        for line in joined where line.count > columns {
            let longest = line.split(separator: " ").map(\.count).max() ?? 0
            #expect(longest > columns - 20, "\(line)")
        }
    }

    @Test("a command that is offered is copied as it stands, also where it is longer than a line", arguments: [80, 50])
    func copied(columns: Int) throws {
        let workplace = try workplace()
        let (_, lines) = try screen("snapsh -c 'use pv backups; pick max; get out.db'", columns: columns, workplace)
        let start = try #require(lines.firstIndex { $0.hasPrefix("  next") })
        let end = try #require(lines[start...].firstIndex { $0.hasPrefix("  why") })
        let command = lines[start..<end].joined(separator: "\n").dropFirst("  next".count)
        let run = try workplace.program.run(
            [],
            prefix: ["sh", "-c", "snapsh() { \"\(Program.path)\" \"$@\"; }; \(command)"]
        )
        #expect(run.exitCode == 0, "\(command): \(run.talk)")
        #expect(workplace.folder.exists("foo.etcd/member/snap/db"))
    }

    @Test("at the prompt a command that is offered is one line, as a paste takes it", arguments: [80, 50])
    func prompt(columns: Int) throws {
        let session = try PromptSession(columns: columns)
        try session.run("use pv backups", then: "snapsh pv foo>")
        try session.run("pick max", then: "snapsh pv foo@208>")
        try session.run("get out.db")
        let command = "restore out.db --data-dir foo.etcd --bump-revision 1000000000 --mark-compacted"
        let lines = try session.terminal.lines(joinsWrapped: true)
        #expect(lines.contains { $0 == command || $0.hasSuffix("  \(command)") }, "\(lines)")
    }

    @Test("in a pipe nothing is broken")
    func pipe() throws {
        let workplace = try workplace()
        let outcome = try workplace.recover("pick max; get out.db; restore")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.split(separator: "\n").contains { $0.count > 200 })
        #expect(outcome.talk.split(separator: "\n").allSatisfy { $0.hasPrefix("note: ") }, "\(outcome.talk)")
    }
}

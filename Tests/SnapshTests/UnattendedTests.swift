import Foundation
import TestSupport
import Testing

/// Runs that nobody watches: from cron, in CI.
@Suite("Unattended", .ownThread)
struct UnattendedTests {
    /// A volume with cluster `foo`, and a script in the program's folder.
    private func workplace(_ script: String = "") throws -> Workplace {
        let workplace = try Workplace()
        try StandardVolume.fill(workplace.volume)
        try workplace.folder.write(script.utf8, to: "f.snapsh")
        return workplace
    }

    /// What each message of a log begins with.
    private static var time: Regex<Substring> { #/(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /# }

    @Test("a log of both streams is in true order: each step, what it said, the place and the reason of the failure")
    func log() throws {
        let script = "use pv backups # where they are\ncluster foo; pick max\npick 300 && echo never\necho after\n"
        let workplace = try workplace(script)
        let outcome = try workplace.program.run(["f.snapsh"], prefix: Program.shell("exec \"$@\" >log 2>&1"))
        #expect(outcome.exitCode == 4)
        let log = String(decoding: try workplace.folder.read("log"), as: UTF8.self)
        let lines = log.replacing(Self.time, with: "")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.last == "")
        let beginnings = [
            "+ use pv backups", "using volume backups, layout operator: ", "+ cluster foo", "+ pick max", "picked ",
            "+ pick 300", "f.snapsh:3:1: cannot pick revision 300 (0x12c): ",
        ]
        let found = beginnings.compactMap { beginning in lines.firstIndex { $0.hasPrefix(beginning) } }
        #expect(found.count == beginnings.count, "\(log)")
        #expect(found == found.sorted(), "\(log)")
        #expect(!log.contains("never") && !log.contains("after"))
    }

    @Test("every line of the log is an object, or an echoed step, where objects are asked for")
    func objects() throws {
        let workplace = try workplace("use pv backups; cluster foo\nls\npick 300\n")
        let outcome = try workplace.program.run(
            ["--json", "f.snapsh"],
            prefix: Program.shell("exec \"$@\" >log 2>&1")
        )
        #expect(outcome.exitCode == 4)
        let log = String(decoding: try workplace.folder.read("log"), as: UTF8.self)
        let lines = log.replacing(Self.time, with: "").split(separator: "\n")
            .filter { !$0.hasPrefix("+ ") && !$0.hasPrefix("note: ") }
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["kind"] is String, "\(line)")
        }
        #expect(lines.last?.contains(#""exit":4"#) == true)
    }

    @Test("a quiet run says nothing where all is well")
    func quiet() throws {
        let script = """
            param cluster = foo
            use service http://127.0.0.1:9 || use pv backups
            cluster $cluster; target 3.4
            pick max
            expect pick.size > 0
            get out.db
            get out.db
            verify out.db && expect file.verified
            set size = ${file.size}
            restore out.db --data-dir data --bump-revision 1000000000 --mark-compacted
            """
        let workplace = try workplace(script)
        let outcome = try workplace.program.run(["--quiet", "f.snapsh"])
        #expect(outcome.output.isEmpty && outcome.talk.isEmpty, "\(outcome)")
        #expect(outcome.exitCode == 0)
    }

    @Test(
        "asks nothing without a terminal, and does not read what others may write into its input",
        arguments: [
            ("confirm 'API servers are stopped'", [], 3), ("param token --secret", [], 2), ("param name", [], 2),
            ("echo fine", ["--step"], 2),
        ] as [(String, [String], Int32)]
    )
    func questions(script: String, options: [String], exitCode: Int32) throws {
        let workplace = try workplace(script + "\n")
        // The pipe is open for writing, and nothing comes.
        let outcome = try workplace.program.run(
            options + ["f.snapsh"],
            prefix: Program.shell("mkfifo open; exec 3<>open; exec \"$@\" <open")
        )
        #expect(outcome.exitCode == exitCode, "\(outcome)")
        #expect(!outcome.talk.isEmpty)
    }

    @Test("standard input is a script that stops where a source can't be reached")
    func unreachable() throws {
        let outcome = try Program().run([], input: "use service http://127.0.0.1:9\necho after\n")
        expectFailure(outcome, 6, says: "standard input:1:1: cannot ask the backup service for its status: ")
        #expect(outcome.output.isEmpty)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("An attempt at a drill that is left before its goal", .ownThread)
struct LeftAttemptTests {
    private let home: DrillHome

    init() throws { home = try DrillHome() }

    private func run(_ text: String) throws -> Program.Outcome { try home.program.run(["-c", text]) }

    private func expectOneLeft(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let results = try home.results()
        #expect(results.count == 1, sourceLocation: sourceLocation)
        #expect(results.first?["proofSeconds"] == nil, sourceLocation: sourceLocation)
        #expect((results.first?["timeline"] as? [[String: Any]])?.count == 1, sourceLocation: sourceLocation)
        let report = try home.program.run(["drill", "report"])
        #expect(report.output.contains("**failed**: not reached"), "\(report.output)", sourceLocation: sourceLocation)
        let list = try home.program.run(["drill"])
        #expect(list.output.contains("5 min, never done"), "\(list.output)", sourceLocation: sourceLocation)
    }

    @Test("is kept by 'drill stop'")
    func stop() throws {
        #expect(try run("drill start service-healthy; use s3 my-backups; drill stop --discard").exitCode == 0)
        try expectOneLeft()
        try home.expectClean()
    }

    @Test("is kept by 'drill again', and the new attempt is another one")
    func again() throws {
        let outcome = try run("drill start service-healthy; use s3 my-backups; drill again; drill stop --discard")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        try expectOneLeft()
        try home.expectClean()
    }

    @Test("is kept where the session has ended, and a later one cleans up")
    func leftover() throws {
        #expect(try run("drill start service-healthy; use s3 my-backups").exitCode == 0)
        #expect(try run("drill stop").exitCode == 0)
        try expectOneLeft()
        try home.expectClean()
    }

    @Test("is no result where nothing was typed, and a goal that was reached is one result")
    func once() throws {
        #expect(try run("drill start service-healthy; drill hint; drill stop --discard").exitCode == 0)
        #expect(!home.folder.exists("\(DrillHome.drills)/results.jsonl"))
        let way = """
            drill start service-healthy; use s3 my-backups; cluster shop || cluster webshop || cluster shop-eu; use service; pick max
            get recovered.db; drill check; drill check; drill stop --discard
            """
        #expect(try run(way).exitCode == 0)
        #expect(try home.results().count == 1)
    }

    @Test("names what a dry run would do")
    func dryRun() throws {
        for (command, action) in [("reset", "would-reset"), ("again", "would-start-again"), ("resume", "would-resume")]
        {
            let outcome = try home.program.run(["--dry-run", "--json", "-c", "drill \(command)"])
            #expect(outcome.output.contains("\"action\":\"\(action)\""), "\(outcome.output)\(outcome.talk)")
        }
    }

    @Test("whose session was killed can be ended by another session in its folder")
    func orphan() throws {
        #expect(try run("drill start service-healthy").exitCode == 0)
        let sandbox = try #require(try home.sandboxes().first)
        // Ports of a session that is gone may be another program's now.
        try home.folder.write("{\"bucket\":9}".utf8, to: "\(DrillHome.drills)/\(sandbox)/ports.json")
        let outcome = try home.runInWork("use s3 my-backups; drill stop --discard")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        try home.expectClean()
    }
}

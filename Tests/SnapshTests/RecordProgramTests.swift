import TestSupport
import Testing

/// `record` in the program: at the prompt and in a script.
@Suite(.ownThread) struct RecordProgramTests {
    @Test func aSessionAtThePromptRunsAgainAsARunbook() throws {
        let session = try PromptSession()
        try session.chooseCluster()
        try session.run("record r.snapsh")
        try session.run("pick max", then: "snapsh pv foo@208>")
        try session.run("get out.db")
        let text = String(decoding: try session.folder.read("r.snapsh"), as: UTF8.self)
        let head = "param dir = backups\nparam cluster = foo\nparam file = out.db\n\nuse pv $dir\n"
        #expect(text.contains(head), "\(text)")
    }

    @Test func theExitThatEndsASessionIsNotRecorded() throws {
        let session = try PromptSession()
        try session.chooseCluster()
        try session.run("record r.snapsh")
        try session.type("exit")
        try session.terminal.press("Enter")
        #expect(try session.terminal.exitCode() == 0)
        let text = String(decoding: try session.folder.read("r.snapsh"), as: UTF8.self)
        #expect(text.contains("cluster $cluster") && !text.contains("exit"), "\(text)")
    }

    @Test func aFailureInAScriptNamesTheParameterThatDecidesIt() throws {
        let workplace = try Workplace()
        try workplace.folder.write("param volume = none \"where\"\nuse pv $volume\nls\n".utf8, to: "s.snapsh")
        let outcome = try workplace.program.run(["s.snapsh"])
        expectFailure(outcome, 6, says: "hint: it comes from what the script was given: volume=VALUE; name the folder")
        #expect(try workplace.program.run(["s.snapsh", "volume=backups"]).exitCode != 6)
    }

    @Test func aRunbookOfATextTakesOtherValues() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let recorded = try workplace.recover("pick max; get out.db; record r.snapsh; get out.db")
        #expect(recorded.exitCode == 0, "\(recorded.talk)")
        let again = try workplace.program.run(["r.snapsh", "file=other.db"])
        #expect(again.exitCode == 0, "\(again.talk)")
        #expect(try workplace.made() == ["other.db", "out.db", "r.snapsh"])
        #expect(try workplace.program.run(["--check", "r.snapsh"]).exitCode == 0)
        let refused = try workplace.recover("record out.db")
        expectFailure(refused, 1, says: "cannot record to out.db: there is such a file already")
    }

    @Test func aPinnedRecordFixesWhatAPinnedDryRunFixes() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let dry = try workplace.recover("pick max; get out.db", ["--dry-run", "--pin", "p.snapsh"])
        #expect(dry.exitCode == 0, "\(dry.talk)")
        let recorded = try workplace.recover("record r.snapsh --pinned; pick max; get out.db")
        #expect(recorded.exitCode == 0, "\(recorded.talk)")
        let picks = try ["p.snapsh", "r.snapsh"].map { name in
            let text = String(decoding: try workplace.folder.read(name), as: UTF8.self)
            return try #require(text.firstMatch(of: /pick \S+ --revision 208 --sha256 [0-9a-f]{64}/)).output
        }
        #expect(picks[0] == picks[1])
        try workplace.volume.add(208, content: Fixture.snapshot("early.db"))
        expectFailure(try workplace.program.run(["r.snapsh", "file=new.db"]), 4, says: "cannot pick the pinned ")
    }

    @Test func aPinnedRecordOfABucketHasTheETag() throws {
        let workplace = try BucketWorkplace()
        let name = try workplace.add(9)
        let text = "use s3 backups; cluster foo; record r.snapsh --pinned; pick max"
        let outcome = try workplace.program.run(["-c", text], environment: workplace.environment)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        let recorded = String(decoding: try workplace.program.folder.read("r.snapsh"), as: UTF8.self)
        #expect(recorded.contains("\npick \(name) --revision 9 --etag "), "\(recorded)")
    }

    @Test func whatEndsARunIsInItsRunbook() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let outcome = try workplace.recover("record r.snapsh; pick max; expect pick.revision == 10; echo not reached")
        #expect(outcome.exitCode == 3)
        let text = String(decoding: try workplace.folder.read("r.snapsh"), as: UTF8.self)
        #expect(text.contains("\n# failed: expect pick.revision == 10\n#   an expectation is not met: "), "\(text)")
        #expect(try workplace.program.run(["r.snapsh"]).exitCode == 0)
    }
}

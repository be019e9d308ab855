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

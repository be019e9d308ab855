import TestSupport
import Testing

/// Commands that read a snapshot file leave it as it is: its bytes, and when it was last written.
@Suite(.ownThread) struct ReadingProgramTests {
    @Test(arguments: [
        "verify out.db", "status out.db", "keys out.db", "keys out.db --values", "keys out.db --history --values",
        "keys out.db /registry/minions/node-0 --raw", "diff out.db out.db", "hashkv out.db", "restore out.db --print",
        "restore out.db --data-dir foo.etcd", "restore out.db --data-dir bar.etcd --bump-revision 5 --mark-compacted",
    ])
    func theFileIsNotWrittenTo(_ command: String) throws {
        let program = try Program()
        let path = try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let before = try FileState(path)
        let outcome = try program.run(["-c", command])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try FileState(path) == before)
    }

    @Test func aFileThatMayOnlyBeReadIsEnough() throws {
        let program = try Program.unprivileged()
        let path = try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        try Workplace.setMode(0o444, of: path)
        let outcome = try program.run(["-c", "verify out.db; restore out.db --data-dir foo.etcd"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
    }
}

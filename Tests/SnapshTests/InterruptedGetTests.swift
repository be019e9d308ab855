import Foundation
import TestSupport
import Testing

/// Signals in the middle of a `get`, and two of them at once.
@Suite(.ownThread) struct InterruptedGetTests {
    /// Whoever starts the tests may have had signals ignored.
    private static let listening = ["env", "--default-signal=INT,TERM,HUP"]
    private static let partialName = ".out.db.part"

    /// A workplace whose newest backup takes a while, and a `get out.db` that has written some of it.
    private func started() throws -> (Workplace, Program.Running) {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.addLarge(10)
        let running = try workplace.program.start(
            Workplace.words("pick max; get out.db; echo not reached"),
            prefix: Self.listening
        )
        let partial = workplace.folder.path(Self.partialName)
        try #require(
            running.wait {
                var status = stat()
                return stat(partial, &status) == 0 && status.st_size > 0
            }
        )
        return (workplace, running)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
    func aSignalEndsAGetAndNothingIsLeftBehind(_ signal: Int32, _ exitCode: Int32) throws {
        let (workplace, running) = try started()
        let volume = try workplace.volume.folder.state()
        running.send(signal)
        let outcome = try running.wait()
        expectFailure(outcome, exitCode, says: "interrupted")
        #expect(outcome.talk.contains("note: nothing was left behind; run 'get' again to start over"))
        #expect(!outcome.output.contains("not reached"))
        #expect(try workplace.made().isEmpty)
        #expect(try workplace.volume.folder.state() == volume)
    }

    @Test func anInterruptionIsNotCaughtByOr() throws {
        let workplace = try Workplace()
        try workplace.addLarge(10)
        let running = try workplace.program.start(
            Workplace.words("pick max; get out.db || echo not reached; echo not reached"),
            prefix: Self.listening
        )
        try #require(running.wait { workplace.folder.exists(Self.partialName) })
        running.send(SIGINT)
        let outcome = try running.wait()
        expectFailure(outcome, 130, says: "interrupted")
        #expect(!outcome.output.contains("not reached"))
        #expect(try workplace.made().isEmpty)
    }

    @Test func whatAKilledGetLeavesIsHiddenAndTheNextOneStartsOver() throws {
        let (workplace, running) = try started()
        running.send(SIGKILL)
        #expect(try running.wait().exitCode == 128 + SIGKILL)
        #expect(try workplace.made() == [Self.partialName])
        #expect(try workplace.folder.mode(of: Self.partialName) == 0o600)

        let outcome = try workplace.recover("pick 9; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: an earlier download was incomplete; starting over"))
        #expect(try workplace.made() == ["out.db"])
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
    }

    @Test func ofTwoThatWriteTheSameFileTheSecondGivesWay() throws {
        let (workplace, first) = try started()
        defer { first.send(SIGKILL) }
        // Stopped, the first one holds on to its file.
        first.send(SIGSTOP)
        let second = try workplace.recover("pick 9; get out.db")
        expectFailure(second, 1, says: "cannot write out.db: another snapsh process is writing it")
        #expect(second.talk.contains("hint: wait for it, or choose another name"))
        #expect(try workplace.made() == [Self.partialName])

        let elsewhere = try workplace.recover("pick 9; get other.db")
        #expect(elsewhere.exitCode == 0)
        #expect(try workplace.made() == [Self.partialName, "other.db"])
        first.send(SIGKILL)
        _ = try first.wait()
    }

    @Test func aFileThatAppearsMeanwhileIsNotReplaced() throws {
        let workplace = try Workplace()
        try workplace.addLarge(10, byteCount: 256 << 20, isSound: true)
        let running = try workplace.program.start(Workplace.words("pick max; get out.db"), prefix: Self.listening)
        defer { running.send(SIGKILL) }
        try #require(running.wait { workplace.folder.exists(Self.partialName) })
        running.send(SIGSTOP)
        try workplace.folder.write("precious".utf8, to: "out.db")
        let before = try workplace.folder.state().items["out.db"]
        running.send(SIGCONT)
        let outcome = try running.wait()
        expectFailure(outcome, 1, says: "cannot write out.db: it exists already")
        #expect(try workplace.made() == ["out.db"])
        #expect(try workplace.folder.state().items["out.db"] == before)
    }

    @Test func aBackupThatChangesMeanwhileIsNotAccepted() throws {
        let (workplace, running) = try started()
        defer { running.send(SIGKILL) }
        running.send(SIGSTOP)
        let file = workplace.volume.folder.path("v1/foo/3.4.23_000000000000000a_etcd.backup")
        try #require(truncate(file, 1 << 20) == 0)
        running.send(SIGCONT)
        let outcome = try running.wait()
        expectFailure(outcome, 1, says: "it changed since it was listed")
        #expect(outcome.talk.contains("hint: pick it again: it may have been replaced"))
        #expect(try workplace.made().isEmpty)
    }
}

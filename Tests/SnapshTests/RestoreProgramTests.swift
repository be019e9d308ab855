import Foundation
import TestSupport
import Testing

/// `restore` as its users run it: what it leaves behind, whatever comes in between.
@Suite(.ownThread) struct RestoreProgramTests {
    private static let runbook = URL(fileURLWithPath: Fixture.folder)
        .appendingPathComponent("../../scripts/runbooks/restore.snapsh").standardized.path

    /// A program in a folder with a snapshot, `out.db`.
    private func program() throws -> Program {
        let program = try Program()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        return program
    }

    /// Twelve members, which take a while.
    private static let many = (1...12).map { "m\($0)=http://127.0.0.1:\(23800 + $0)" }.joined(separator: ",")

    @Test func theRunbookGoesFromAVolumeToADataDirectory() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let outcome = try workplace.program.run([Self.runbook, "volume=backups", "cluster=foo", "data=restored"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.output.contains(
                "  revision    1000000208 (0x3b9acad0), raised; all before it counts as compacted\n"
            )
        )
        #expect(workplace.folder.exists("restored/member/snap/db"))
    }

    @Test func aRestoreThatIsRunAgainFindsWhatItWouldMake() throws {
        let program = try program()
        let command =
            "restore out.db --all all --initial-cluster m1=http://h:1,m2=http://h:2 --bump-revision 5 --mark-compacted"
        #expect(try program.run(["-c", command]).exitCode == 0)
        let before = try ["m1", "m2"].map { try FileState(program.folder.path("all/\($0)/member/snap/db")) }
        let again = try program.run(["-c", command])
        #expect(again.exitCode == 0, "\(again.talk)")
        #expect(again.output.hasPrefix("out.db is restored already: every byte is as this restore would write it\n"))
        #expect(try ["m1", "m2"].map { try FileState(program.folder.path("all/\($0)/member/snap/db")) } == before)
        let json = try program.run(["--json", "-c", command])
        #expect(json.output.contains(#""alreadyThere":true"#), "\(json.output)")

        let other = try program.run(["-c", "restore out.db --all all --initial-cluster m1=http://h:1,m2=http://h:2"])
        expectFailure(other, 1, says: "cannot restore into all/m1: a member is in it already")
    }

    @Test(arguments: ["d", "./d/", "d/member", "d/../d/x", "."])
    func theLogLiesNeitherInTheDataDirectoryNorAroundIt(_ wal: String) throws {
        let program = try program()
        let outcome = try program.run(["-c", "restore out.db --data-dir d --wal-dir \(wal)"])
        #expect(outcome.exitCode == 2 && outcome.talk.contains("--data-dir and --wal-dir "), "\(outcome.talk)")
        #expect(try program.folder.names() == ["out.db"])
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsItAndNothingIsLeftBehind(_ signal: Int32, _ exitCode: Int32) throws {
        let program = try program()
        let running = try program.start(
            ["-c", "restore out.db --all all --initial-cluster \(Self.many)"],
            prefix: ["env", "--default-signal=INT,TERM"]
        )
        try #require(running.wait { program.folder.exists("all/m1/member.restoring") })
        running.send(signal)
        let outcome = try running.wait()
        expectFailure(outcome, exitCode, says: "note: nothing was left behind")
        #expect(try program.folder.names() == ["out.db"])
    }

    @Test func oneThatIsKilledLeavesNothingThatEtcdWouldStartOnAndCanBeDoneAgain() throws {
        let program = try program()
        let running = try program.start(["-c", "restore out.db --all all --initial-cluster \(Self.many)"])
        try #require(running.wait { program.folder.exists("all/m3/member.restoring") })
        running.send(SIGKILL)
        _ = try running.wait()
        for name in try program.folder.names(in: "all") {
            #expect(try program.folder.names(in: "all/\(name)").allSatisfy { $0 == "member.restoring" })
        }
        let outcome = try program.run(["-c", "restore out.db --all all --initial-cluster \(Self.many)"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try program.folder.names(in: "all").count == 12)
        for name in try program.folder.names(in: "all") {
            #expect(try program.folder.names(in: "all/\(name)") == ["member"])
        }
    }

    @Test func whereOneOfSeveralIsOccupiedNoneIsMade() throws {
        let program = try program()
        try program.folder.write("precious".utf8, to: "all/m12/file")
        let outcome = try program.run(["-c", "restore out.db --all all --initial-cluster \(Self.many)"])
        expectFailure(outcome, 1, says: "cannot restore into all/m12: it is not empty, 'file' is in it")
        #expect(try program.folder.names(in: "all") == ["m12"])
        #expect(try program.folder.read("all/m12/file") == Array("precious".utf8))
    }

    @Test func twoInTheSamePlaceDoNotMix() throws {
        let program = try program()
        let running = try program.start(["-c", "restore out.db --all all --initial-cluster \(Self.many)"])
        try #require(running.wait { program.folder.exists("all/m1/member.restoring") })
        let second = try program.run(["-c", "restore out.db --data-dir all/m1"])
        #expect(second.exitCode == 1)
        #expect(
            second.talk.contains("another snapsh process is restoring into it")
                || second.talk.contains("it is not empty")
        )
        #expect(try running.wait().exitCode == 0)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aDiskThatIsTooSmallIsRefusedBeforeAnythingIsWritten() throws {
        let program = try program()
        try program.folder.makeFolder("small")
        let outcome = try program.run(
            ["-c", "restore out.db --data-dir small/foo.etcd"],
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    #"mount -t tmpfs -o size=10m tmpfs small; "$@"; code=$?; ls -A small > left; exit $code"#
                )
        )
        expectFailure(outcome, 1, says: "cannot restore into small/foo.etcd: 61.1 MiB are needed and 10.0 MiB are free")
        #expect(outcome.talk.contains("    hint: choose a --data-dir on another disk"))
        #expect(try program.folder.read("left").isEmpty)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aLogOnADiskOfItsOwnIsPutThere() throws {
        let program = try program()
        try program.folder.makeFolder("disk")
        let outcome = try program.run(
            ["-c", "restore out.db --data-dir foo.etcd --wal-dir disk"],
            prefix: SystemTool.mountPrefix
                + Program.shell(#"mount -t tmpfs tmpfs disk; "$@"; code=$?; ls -A disk > left; exit $code"#)
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains(" --data-dir foo.etcd --wal-dir disk "))
        #expect(try program.folder.read("left") == Array("0000000000000000-0000000000000000.wal\n".utf8))
        #expect(try program.folder.names(in: "foo.etcd/member") == ["snap"])
    }

    @Test func namesThatNobodyCanLookUpAreTakenAsTheyStand() throws {
        let program = try program()
        let outcome = try program.run(
            ["-c", "restore out.db --name a --initial-cluster a=http://a.invalid:2380,b=http://b.invalid:2380"]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("note: restore b from the same file, with the same --initial-cluster and token"))
        #expect(program.folder.exists("a.etcd/member/snap/db"))
    }

    @Test func anOlderTargetIsWarnedOf() throws {
        let program = try program()
        let outcome = try program.run(["-c", "target 3.3; restore out.db --data-dir foo.etcd"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("warning: etcd 3.4 wrote it; etcd 3.3 may refuse to start from it"))
    }

    @Test func whatIsCalledPartOrIncrIsToldToBeThat() throws {
        let program = try program()
        try program.folder.write(Fixture.snapshot("late.db").prefix(20_000), to: "out.db.part")
        let changes = try GzipTool.gzip(Array(#"[{"etcdEvent":null,"time":null}]"#.utf8))
        try program.folder.write(changes, to: "Incr-00000010-00000020-1700000000.gz")
        let part = try program.run(["-c", "verify out.db.part"])
        expectFailure(
            part,
            5,
            says: "note: it is called .part, as a download or 'etcdctl snapshot save' that was broken off"
        )
        let delta = try program.run(["-c", "verify Incr-00000010-00000020-1700000000.gz"])
        expectFailure(delta, 5, says: "note: its name is that of a Gardener delta")
    }

    @Test func whereItMayNotWriteItSaysSo() throws {
        let program = try Program.unprivileged()
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let outcome = try program.run(["-c", "restore out.db --data-dir /proc/foo.etcd; echo not reached"])
        #expect(outcome.exitCode == 1)
        #expect(outcome.talk.contains("cannot write /proc/foo.etcd: "))
        #expect(try program.folder.names() == ["out.db"])
    }

    @Test func whatIsNotSoundIsNotRestoredAndTheFindingsAreTold() throws {
        let program = try program()
        var bytes = try Fixture.snapshot("late.db")
        for page in stride(from: 8192, to: bytes.count - 32, by: 4096) where bytes[page + 8] == 2 {
            bytes[page + 12] = 9
        }
        try program.folder.write(bytes, to: "damaged.db")
        for options in ["", " --skip-hash-check"] {
            let outcome = try program.run(["-c", "restore damaged.db --data-dir foo.etcd\(options)"])
            expectFailure(outcome, 5, says: "cannot accept damaged.db: it was altered")
            #expect(outcome.talk.contains("warning: it is damaged at page "))
            #expect(!program.folder.exists("foo.etcd"))
        }
    }
}

import TestSupport
import Testing

/// Room that is not there, or not any more.
@Suite(.ownThread) struct FullDiskTests {
    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9, content: Fixture.snapshot("late.db"))
        return workplace
    }

    @Test func aBackupLargerThanTheFreeSpaceIsRefusedBeforeAnythingIsWritten() throws {
        let workplace = try workplace()
        try workplace.addLarge(10, byteCount: 8 << 40)
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db")
        expectFailure(outcome, 1, says: "cannot write into the folder .: 8.0 TiB are needed and ")
        #expect(outcome.talk.contains("are free\n    hint: choose another folder: get FOLDER/NAME"))
        #expect(try workplace.state() == before)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aFileSystemThatIsTooSmallIsRefusedBeforeAnythingIsWritten() throws {
        let workplace = try workplace()
        try workplace.folder.makeFolder("small")
        let outcome = try workplace.recover(
            "pick max; get small/out.db",
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    #"mount -t tmpfs -o size=16k tmpfs small; "$@"; code=$?; ls -A small > left; exit $code"#
                )
        )
        expectFailure(outcome, 1, says: "cannot write into the folder small: 44.0 KiB are needed and 16.0 KiB are free")
        #expect(try workplace.folder.read("left").isEmpty)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aFileSystemThatDoesNotTellItsSizeIsTried() throws {
        let workplace = try workplace()
        try workplace.folder.makeFolder("boundless")
        let outcome = try workplace.recover(
            "pick max; get boundless/out.db",
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    #"mount -t tmpfs -o size=0 tmpfs boundless; "$@"; code=$?; ls -A boundless > left; exit $code"#
                )
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("left") == Array("out.db\n".utf8))
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func theRoomOfAPartialFileThatIsStartedOverCountsAsFree() throws {
        let workplace = try workplace()
        try workplace.folder.makeFolder("small")
        let outcome = try workplace.recover(
            "pick max; get small/out.db",
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    """
                    mount -t tmpfs -o size=64k tmpfs small; head -c 40000 /dev/zero > small/.out.db.part
                    "$@"; code=$?; ls -A small > left; exit $code
                    """
                )
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("left") == Array("out.db\n".utf8))
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aDiskThatFillsUpInTheMiddleLeavesNothingBehind() throws {
        let workplace = try workplace()
        try workplace.addLarge(10)
        try workplace.folder.makeFolder("small")
        // While the program is stopped, its file system is made smaller; a write that is under way still ends.
        let outcome = try workplace.recover(
            "pick max; get small/out.db",
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    """
                    mount -t tmpfs -o size=1100m tmpfs small
                    "$@" & pid=$!
                    while [ ! -s small/.out.db.part ] && kill -0 $pid; do :; done
                    kill -STOP $pid
                    used=$(df --output=used -k small | tail -n 1)
                    mount -t tmpfs -o remount,size=$((used + 16384))k tmpfs small
                    kill -CONT $pid
                    wait $pid; code=$?
                    ls -A small > left
                    exit $code
                    """
                )
        )
        expectFailure(outcome, 1, says: "cannot write small/out.db: no space left on device")
        #expect(outcome.talk.contains("hint: choose another folder: get FOLDER/NAME"))
        #expect(try workplace.folder.read("left").isEmpty)
    }

    @Test func aLimitOnTheSizeOfFilesIsAnErrorAndLeavesNothingBehind() throws {
        let workplace = try workplace()
        let before = try workplace.state()
        let outcome = try workplace.recover(
            "pick max; get out.db",
            prefix: Program.shell(#"ulimit -f 20; exec "$@""#)
        )
        expectFailure(outcome, 1, says: "cannot write out.db: file too large")
        #expect(try workplace.state() == before)
    }

    @Test func whatIsNotSoundIsNotKeptWhereThereIsNoRoomForIt() throws {
        let workplace = try workplace()
        try workplace.volume.add(10, content: [UInt8](repeating: 1, count: 40000))
        let before = try workplace.state()
        let outcome = try workplace.recover(
            "pick max; get out.db --keep-unverified",
            prefix: Program.shell(#"ulimit -f 20; exec "$@""#)
        )
        expectFailure(outcome, 1, says: "cannot write out.db: file too large")
        #expect(try workplace.state() == before)
    }
}

import Glibc
import TestSupport
import Testing

/// Network and user-space file systems, which can't do all that a local one can.
@Suite(.ownThread) struct RefusingFileSystemTests {
    private static let withoutLocks = [ENOLCK, EOPNOTSUPP, ENOSYS, EINVAL, EBADF]
    private static let withoutFolderSync = [EINVAL, ENOTSUP, EBADF, ENOSYS]

    private let fileSystem: RefusingFileSystem

    init() throws {
        fileSystem = try RefusingFileSystem()
    }

    private func get(_ refusals: [RefusingFileSystem.Call: Int32], into workplace: Workplace) throws -> Program.Outcome
    {
        try workplace.volume.add(9)
        return try workplace.recover("pick max; get out.db", environment: fileSystem.environment(refusals))
    }

    private func restore(_ refusals: [RefusingFileSystem.Call: Int32], in program: Program) throws -> Program.Outcome {
        try program.folder.write(Fixture.snapshot("late.db"), to: "out.db")
        let members = "m1=http://127.0.0.1:23801,m2=http://127.0.0.1:23802,m3=http://127.0.0.1:23803"
        return try program.run(
            ["-c", "restore out.db --all all --initial-cluster \(members)"],
            environment: fileSystem.environment(refusals)
        )
    }

    private func notes(_ outcome: Program.Outcome, about text: String) -> Int {
        outcome.talk.split(separator: "\n").count { $0.hasPrefix("note: \(text)") }
    }

    @Test(arguments: withoutLocks)
    func aGetGoesOnWhereThereAreNoLocks(_ code: Int32) throws {
        let workplace = try Workplace()
        let outcome = try get([.lock: code], into: workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.made() == ["out.db"])
        #expect(notes(outcome, about: "cannot lock .out.db.part: ") == 1, "\(outcome.talk)")
        #expect(outcome.talk.contains("; make sure that no other snapsh writes there\n"))
    }

    @Test(arguments: withoutLocks)
    func aRestoreGoesOnWhereThereAreNoLocks(_ code: Int32) throws {
        let program = try Program()
        let outcome = try restore([.lock: code], in: program)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try program.folder.names(in: "all") == ["m1", "m2", "m3"])
        #expect(notes(outcome, about: "cannot lock all/m1: ") == 1, "\(outcome.talk)")
        #expect(notes(outcome, about: "cannot lock ") == 1, "\(outcome.talk)")
    }

    @Test func onlyALockThatAnotherHoldsIsReportedAsAnotherSnapsh() throws {
        let workplace = try Workplace()
        expectFailure(try get([.lock: EWOULDBLOCK], into: workplace), 1, says: "another snapsh process is writing it")
        #expect(try workplace.made().allSatisfy { $0 == ".out.db.part" })
        expectFailure(
            try restore([.lock: EWOULDBLOCK], in: Program()),
            1,
            says: "cannot restore into all/m1: another snapsh process is restoring into it"
        )
    }

    @Test(arguments: withoutFolderSync)
    func aGetGoesOnWhereFoldersCanNotBeSynced(_ code: Int32) throws {
        let workplace = try Workplace()
        let outcome = try get([.folderSync: code], into: workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.made() == ["out.db"])
        #expect(notes(outcome, about: "cannot sync the folder .: ") == 1, "\(outcome.talk)")
    }

    @Test(arguments: withoutFolderSync)
    func aRestoreGoesOnWhereFoldersCanNotBeSynced(_ code: Int32) throws {
        let program = try Program()
        let outcome = try restore([.folderSync: code], in: program)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try program.folder.names(in: "all") == ["m1", "m2", "m3"])
        #expect(notes(outcome, about: "cannot sync the folder all/") == 1, "\(outcome.talk)")
        #expect(outcome.talk.contains("; after a power failure, check that the files are there\n"))
    }

    @Test(arguments: [EIO, ENOSPC])
    func aDiskThatFailsToSyncIsStillAFailure(_ code: Int32) throws {
        expectFailure(try get([.folderSync: code], into: Workplace()), 1, says: "cannot sync the folder of out.db: ")
        expectFailure(try restore([.folderSync: code], in: Program()), 1, says: "cannot write all/")
    }

    private static let lateFailures: [[RefusingFileSystem.Call: Int32]] = [
        [.folderSync: EIO], [.renameWithFlags: EINVAL, .unlink: EIO],
    ]

    @Test(arguments: lateFailures)
    func aFileFromABucketIsNotTouchedAfterItHasItsName(_ refusals: [RefusingFileSystem.Call: Int32]) throws {
        let workplace = try BucketWorkplace()
        let bytes = try Fixture.snapshot(reaching: 9)
        try workplace.add(9, content: bytes)
        let text = "use s3 \(BucketWorkplace.bucket); cluster foo; pick max; get out.db"
        for name in ["", " --force"] {
            let outcome = try workplace.run(text + name, environment: fileSystem.environment(refusals))
            guard name.isEmpty || refusals[.folderSync] != nil else { continue }
            expectFailure(outcome, 1, says: "cannot sync the folder of out.db: input/output error; the file is there")
            #expect(!outcome.talk.contains("are kept"), "\(outcome.talk)")
            #expect(try workplace.program.folder.read("out.db") == bytes)
        }
        let again = try workplace.run(text)
        #expect(again.exitCode == 0 && again.output.contains("out.db is there already, verified"), "\(again.talk)")
        #expect(try workplace.program.folder.names().contains(".out.db.part") == false)
    }

    @Test(arguments: lateFailures)
    func anUnsoundFileIsReportedAsUnsoundWhereItsNameCanNotBeSynced(
        _ refusals: [RefusingFileSystem.Call: Int32]
    ) throws {
        let workplace = try BucketWorkplace()
        var bytes = try Fixture.snapshot(reaching: 9)
        bytes[9000] ^= 1
        try workplace.add(9, content: bytes)
        let outcome = try workplace.run(
            "use s3 \(BucketWorkplace.bucket); cluster foo; pick max; get out.db --keep-unverified",
            environment: fileSystem.environment(refusals)
        )
        expectFailure(outcome, 5, says: "; kept, unverified, as out.db.unverified")
        #expect(try workplace.program.folder.read("out.db.unverified") == bytes)
    }

    @Test(arguments: [EPERM, ENOTSUP, ENOSYS])
    func aFileGetsItsNameWhereNeitherLinksNorCarefulRenamesWork(_ code: Int32) throws {
        let refusals: [RefusingFileSystem.Call: Int32] = [.renameWithFlags: EINVAL, .link: code]
        let workplace = try Workplace()
        let outcome = try get(refusals, into: workplace)
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.made() == ["out.db"])
        try workplace.folder.write("precious".utf8, to: "out.db")
        expectFailure(try get(refusals, into: workplace), 1, says: "cannot write out.db: it exists already")
        #expect(try workplace.folder.read("out.db") == Array("precious".utf8))
    }
}

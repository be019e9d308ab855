import Foundation
import Glibc
import TestSupport
import Testing

/// A `get` that was done already is found done, by proof; anything else that stands there is refused.
@Suite(.ownThread) struct SecondGetTests {
    private static let found = "out.db is there already, verified: its size and its SHA-256 are those of the backup\n"

    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        return workplace
    }

    /// A file as `get` leaves it, but for its bytes.
    private func put(_ bytes: [UInt8], in workplace: Workplace, mode: Int = 0o600) throws {
        try workplace.folder.write(bytes, to: "out.db")
        try Workplace.setMode(mode, of: workplace.folder.path("out.db"))
    }

    private func expectRefusal(
        _ workplace: Workplace,
        because reason: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db")
        let sentence = "cannot write out.db: it exists already, and is not known to be this backup: \(reason)"
        expectFailure(outcome, 1, says: sentence, sourceLocation: sourceLocation)
        #expect(try workplace.state() == before, sourceLocation: sourceLocation)
    }

    @Test func theSameFileIsFoundThereAndHasItsFacts() throws {
        let workplace = try workplace()
        let text = "pick max; get out.db; expect file.verified; echo ${file.revision} ${file.keys} ${file.sha256}"
        let first = try workplace.recover(text)
        #expect(first.exitCode == 0, "\(first.talk)")
        let before = try workplace.state()
        let second = try workplace.recover(text)
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.output.contains(Self.found))
        #expect(second.output.split(separator: "\n").last == first.output.split(separator: "\n").last)
        #expect(second.output.contains("  next       snapsh restore out.db --data-dir foo.etcd --bump-revision"))
        #expect(try workplace.state() == before)
    }

    @Test func inJSONAFieldSaysSo() throws {
        let workplace = try workplace()
        func file() throws -> [String: Any] {
            let outcome = try workplace.recover("pick max; get out.db", ["--json"])
            let line = try #require(outcome.records.last)
            return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let (first, second) = (try file(), try file())
        #expect(first["alreadyThere"] as? Bool == false && first["proof"] == nil)
        #expect(second["alreadyThere"] as? Bool == true && second["proof"] as? String == "content")
        for key in ["path", "size", "sha256", "revision", "liveKeys", "hash", "verified"] {
            #expect(first[key] as? AnyHashable == second[key] as? AnyHashable, "\(key)")
        }
    }

    @Test func aNameMadeOfAFolderIsFoundToo() throws {
        let workplace = try workplace()
        try workplace.folder.makeFolder("kept")
        for _ in 0..<2 { #expect(try workplace.recover("pick max; get kept; get").exitCode == 0) }
        #expect(try workplace.recover("pick max; get kept/").output.contains(" is there already, verified"))
    }

    @Test func aFileThatDiffersInOneByteIsRefused() throws {
        let workplace = try workplace()
        for (place, reason) in [
            (9000, "it is not sound: it was altered"), (45087, "its last 32 bytes are not those of the backup"),
            (0, "it is not sound: "),
        ] {
            var bytes = try Fixture.snapshot("late.db")
            bytes[place] ^= 1
            try put(bytes, in: workplace)
            try expectRefusal(workplace, because: reason)
        }
        // Sound, but another one.
        try put(Fixture.snapshot("middle.db"), in: workplace)
        try expectRefusal(workplace, because: "it has 61472 bytes, the backup has 45088")
        try put(Fixture.snapshot("tombstone.db"), in: workplace)
        try expectRefusal(workplace, because: "its last 32 bytes are not those of the backup")
    }

    @Test func aFileThatOthersMayWriteToIsRefused() throws {
        let workplace = try workplace()
        try put(Fixture.snapshot("late.db"), in: workplace, mode: 0o660)
        try expectRefusal(workplace, because: "others may write to it (mode 660)")
        try put(Fixture.snapshot("late.db"), in: workplace, mode: 0o444)
        #expect(try workplace.recover("pick max; get out.db").output.contains(Self.found))
    }

    @Test func aLinkToTheSameFileIsRefused() throws {
        let workplace = try workplace()
        try workplace.folder.write(Fixture.snapshot("late.db"), to: "kept.db")
        try workplace.folder.link("out.db", to: "kept.db")
        try expectRefusal(workplace, because: "it is a link")
    }

    @Test func aPipeIsRefused() throws {
        let workplace = try workplace()
        try #require(mkfifo(workplace.folder.path("out.db"), 0o600) == 0)
        let outcome = try workplace.recover("pick max; get out.db")
        expectFailure(
            outcome,
            1,
            says: "it exists already, and is not known to be this backup: it is not a regular file"
        )
    }

    @Test func theStatusOfAFileThatWasJustGotCallsItVerified() throws {
        let workplace = try workplace()
        let (verified, unverified) = (", verified in this session and unchanged since\n", ", which was not verified: ")
        for text in [
            "pick max; get out.db; status out.db", "pick max; get out.db; status ./out.db",
            "verify out.db; status out.db",
        ] {
            let outcome = try workplace.recover(text)
            #expect(outcome.output.contains("out.db" + verified), "\(outcome.output)\(outcome.talk)")
        }
        try workplace.folder.write(Fixture.snapshot("late.db"), to: "z.db")
        #expect(try workplace.recover("verify out.db; status z.db").output.contains("z.db" + unverified))
        #expect(try workplace.recover("status out.db").output.contains("out.db" + unverified))
    }

    @Test func withForceItIsGotAgain() throws {
        let workplace = try workplace()
        try put(Fixture.snapshot("late.db"), in: workplace)
        let outcome = try workplace.recover("pick max; get out.db --force")
        #expect(outcome.output.contains("got out.db: checksum, structure and revisions verified"))
        #expect(!outcome.output.contains("there already"))
    }

    @Test func whatIsNotSoundIsNoFileOfTheBackupEvenWhereItsBytesAre() throws {
        let workplace = try Workplace()
        var bytes = try Fixture.snapshot("late.db")
        bytes[9000] ^= 1
        try workplace.volume.add(208, content: bytes)
        try put(bytes, in: workplace)
        try expectRefusal(workplace, because: "it is not sound: it was altered")
        // Nor one whose name promises more than is in it.
        let other = try Workplace()
        try other.volume.add(300, content: Fixture.snapshot("late.db"))
        try put(Fixture.snapshot("late.db"), in: other)
        try expectRefusal(other, because: "it is not sound: expected revision 300, but the last key has revision 208")
    }

    @Test func theSecondNameThatAKilledGetLeftIsTakenAway() throws {
        let workplace = try workplace()
        try put(Fixture.snapshot("late.db"), in: workplace)
        try #require(Glibc.link(workplace.folder.path("out.db"), workplace.folder.path(".out.db.part")) == 0)
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.output.contains(Self.found))
        #expect(try workplace.made() == ["out.db"])
    }

    @Test func fromABucketItIsFoundByItsLastBytesOnly() throws {
        let workplace = try BucketWorkplace()
        try workplace.add(208, content: Fixture.snapshot("late.db"))
        let text = "use s3 backups; cluster foo; pick max; get out.db"
        #expect(try workplace.run(text).exitCode == 0)
        let second = try workplace.run(text)
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.output.contains(Self.found))
        try workplace.add(208, content: Fixture.snapshot("tombstone.db"))
        expectFailure(try workplace.run(text), 1, says: "cannot write out.db: it exists already")
    }

    @Test func fromAServiceItIsFoundByItsRevision() throws {
        let workplace = try workplace()
        let server = try ServingProgram(try served(workplace), "use pv backups; cluster foo")
        let program = try Program()
        func get(_ words: String = "get out.db") throws -> Program.Outcome {
            try program.run(["-c", "cluster foo; use service \(server.url); pick max; \(words)"])
        }
        #expect(try get().exitCode == 0)
        let second = try get("get out.db; expect file.revision == 208")
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.output.contains("out.db is there already, verified: it is the backup by revision only, "))
        // The same version, and another revision.
        try program.folder.write(Fixture.snapshot("tombstone.db"), to: "out.db")
        expectFailure(try get(), 1, says: "not known to be this backup: it has revision 212, the backup has 208")
        #expect(try get("get out.db --force").exitCode == 0)
        let fresh = try program.run(["-c", "cluster foo; use service \(server.url); get out.db --fresh"])
        expectFailure(fresh, 1, says: "cannot write out.db: it exists already")
    }

    /// The program that serves runs in another folder than the one that gets.
    private func served(_ workplace: Workplace) throws -> Program {
        let program = try Program()
        try program.folder.link("backups", to: workplace.volume.path)
        return program
    }

    @Test func fromAServiceOfAnotherVersionItIsNotFound() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, version: "3.5.1", content: Fixture.snapshot("late.db"))
        let server = try ServingProgram(try served(workplace), "use pv backups; cluster foo")
        let program = try Program()
        let text = "cluster foo; use service \(server.url); pick max; get out.db"
        #expect(try program.run(["-c", text]).exitCode == 0)
        // What is in it tells of 3.4: that it is of 3.5.1, nothing proves.
        expectFailure(
            try program.run(["-c", text]),
            1,
            says: "its cluster ran etcd 3.4.0, the backup is of etcd 3.5.1"
        )
    }

    @Test func aRunbookThatTookAnOlderOneRunsAgain() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9, content: Fixture.snapshot("early.db"), age: 7200)
        var altered = try Fixture.snapshot("late.db")
        altered[9000] ^= 1
        for revision in [208, 207] { try workplace.volume.add(Int64(revision), content: altered, age: 3600) }
        let text = "pick max; get out.db --or-older; echo ${pick.revision} ${pick.skipped} ${file.revision}"
        let first = try workplace.recover(text)
        #expect(first.exitCode == 0, "\(first.talk)")
        let second = try workplace.recover(text)
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.output.contains(Self.found))
        for outcome in [first, second] {
            #expect(outcome.output.hasSuffix("\n9 2 9\n"))
            #expect(outcome.talk.components(separatedBy: "it was altered").count == 3)
        }
        #expect(try workplace.made() == ["out.db"])

        // Mended meanwhile: the file is not what this run would take.
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"), age: 3600)
        expectFailure(try workplace.recover(text), 1, says: "cannot write out.db: it exists already")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
        #expect(try workplace.made() == ["out.db"])
    }

    @Test func withOrOlderAFileThatIsNoneOfThemIsRefusedAtOnce() throws {
        let workplace = try workplace()
        try workplace.volume.add(9, content: Fixture.snapshot("early.db"), age: 7200)
        try put(Fixture.snapshot("middle.db"), in: workplace)
        expectFailure(
            try workplace.recover("pick max; get out.db --or-older"),
            1,
            says: "not known to be this backup: it has 61472 bytes, the backup has 45088"
        )
    }
}

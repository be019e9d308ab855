import Foundation
import TestSupport
import Testing

/// A sound backup becomes a file that is whole, verified and private.
@Suite(.ownThread) struct GoodGetTests {
    private static let fixtures = ["empty.db", "early.db", "middle.db", "late.db", "tombstone.db"]

    @Test("a snapshot is got as it is", arguments: fixtures)
    func isGot(_ fixture: String) throws {
        let workplace = try Workplace()
        let revision = try #require(try Fixture.expectedSnapshots().first { $0.file == fixture }).revision
        try workplace.volume.add(revision, content: Fixture.snapshot(fixture), age: 3600)
        let before = try workplace.volume.folder.state()
        let outcome = try workplace.recover("pick max; get out.db; echo ${file.sha256}")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.isEmpty)
        #expect(try workplace.made() == ["out.db"])
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot(fixture))
        #expect(try workplace.volume.folder.state() == before)

        let sum = try SystemTool.run(["sha256sum", "out.db"], in: workplace.folder).output.prefix(64)
        #expect(sum.count == 64)
        #expect(outcome.output.contains("  sha256     \(sum)\n"))
        #expect(outcome.output.hasSuffix("\n\(sum)\n"))
    }

    @Test func whatIsToldOfTheFileIsTrue() throws {
        let workplace = try Workplace()
        try workplace.volume.add(208, content: Fixture.snapshot("late.db"))
        let outcome = try workplace.recover("pick max; get out.db", ["--json"])
        let line = try #require(outcome.records.last)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let expected = try #require(try Fixture.expectedSnapshots().first { $0.file == "late.db" })
        #expect(object["kind"] as? String == "file")
        #expect(object["path"] as? String == "out.db")
        #expect(object["size"] as? Int64 == expected.byteCount)
        #expect(object["sha256"] as? String == expected.sha256)
        #expect(object["revision"] as? Int64 == expected.revision)
        #expect(object["verified"] as? Bool == true)
        #expect(object["seconds"] is Double)
    }

    @Test(arguments: ["000", "022", "077", "777"])
    func theFileIsPrivateWhateverTheUmask(_ mask: String) throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        let outcome = try workplace.recover(
            "pick max; get out.db",
            prefix: Program.shell("umask \(mask); exec \"$@\"")
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.mode(of: "out.db") == 0o600)
    }

    @Test func withoutANameItIsCalledAsTheBackup() throws {
        let workplace = try Workplace()
        let name = try workplace.volume.add(9)
        let outcome = try workplace.recover("pick max; get")
        #expect(outcome.output.contains("got \(name): checksum, structure and revisions verified\n"))
        #expect(try workplace.made() == [name])
    }

    @Test func oneThatHasGoneFurtherThanItsNameTellsIsFine() throws {
        let workplace = try Workplace()
        try workplace.volume.add(200, content: Fixture.snapshot("late.db"))
        let outcome = try workplace.recover("pick max; get out.db; expect file.revision == 208")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.output.contains(
                "  revision   208 (0xd0); its name says 200 (0xc8), the revision when it was requested"
            )
        )
    }

    @Test func aVersionThatTheClusterWasPastIsWarnedOf() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9, version: "3.1.5")
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.talk.contains(
                "warning: the file name says etcd 3.1.5, but a 3.4 cluster wrote the data:"
                    + " restore it with etcd 3.4 or later"
            )
        )
    }

    @Test("a snapshot of another release is got as it is", arguments: try Fixture.releases())
    func isGotOfRelease(_ path: String) throws {
        let workplace = try Workplace()
        let content = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        try workplace.volume.add(1, content: content)
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db") == content)
    }

    @Test func aLargeSnapshotIsGotToo() throws {
        let workplace = try Workplace()
        try workplace.addLarge(9, byteCount: 48 << 20, isSound: true)
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db").count == 48 << 20 + 32)
    }

    @Test func aVolumeThatIsReadOnlyIsEnough() throws {
        let workplace = try Workplace(unprivileged: true)
        let name = try workplace.volume.add(9)
        try Workplace.setMode(0o444, of: workplace.volume.folder.path("v1/foo/\(name)"))
        try Workplace.setMode(0o555, of: workplace.volume.folder.path("v1/foo"))
        defer { try? Workplace.setMode(0o755, of: workplace.volume.folder.path("v1/foo")) }
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.mode(of: "out.db") == 0o600)
    }
}

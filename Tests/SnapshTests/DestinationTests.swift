import Foundation
import TestSupport
import Testing

/// Where `get` may write, and where it must not.
@Suite(.ownThread) struct DestinationTests {
    private static let name = "3.4.23_0000000000000009_etcd.backup"

    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        return workplace
    }

    @Test func aFileThatExistsIsNotTouched() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: "out.db", modified: Date(timeIntervalSince1970: 1_000_000_000))
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db")
        expectFailure(outcome, 1, says: "cannot write out.db: it exists already")
        #expect(outcome.talk.contains("hint: choose another name, or replace it with --force"))
        #expect(try workplace.state() == before)
    }

    @Test func aFileThatExistsIsReplacedWithForce() throws {
        let workplace = try workplace()
        try workplace.folder.write("worthless".utf8, to: "out.db")
        try Workplace.setMode(0o644, of: workplace.folder.path("out.db"))
        let outcome = try workplace.recover("pick max; get out.db --force")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
        #expect(try workplace.folder.mode(of: "out.db") == 0o600)
        #expect(try workplace.made() == ["out.db"])
    }

    @Test func forceReplacesNothingWithWhatIsNotSound() throws {
        let workplace = try workplace()
        try workplace.volume.add(10, content: Array("placeholder".utf8))
        try workplace.folder.write("precious".utf8, to: "out.db")
        let before = try workplace.state()
        let outcome = try workplace.recover("pick 10; get out.db --force")
        expectFailure(outcome, 5, says: "it is the text 'placeholder', not an etcd snapshot")
        #expect(try workplace.state() == before)
    }

    @Test func forceReplacesALinkAndNotWhatItLeadsTo() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: "other.db")
        try workplace.folder.link("out.db", to: "other.db")
        let outcome = try workplace.recover("pick max; get out.db --force")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("other.db") == Array("precious".utf8))
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
    }

    @Test func aLinkToNothingCountsAsAFileThatExists() throws {
        let workplace = try workplace()
        try workplace.folder.link("out.db", to: "elsewhere.db")
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db")
        expectFailure(outcome, 1, says: "cannot write out.db: it exists already")
        #expect(try workplace.state() == before)
    }

    @Test(arguments: ["nowhere/out.db", "nowhere/", "nowhere/and/further/out.db"])
    func aFolderThatDoesNotExistIsNotMade(_ path: String) throws {
        let workplace = try workplace()
        let before = try workplace.state()
        let folder = path.split(separator: "/").dropLast(path.hasSuffix("/") ? 0 : 1).joined(separator: "/")
        let outcome = try workplace.recover("pick max; get \(path)")
        expectFailure(outcome, 1, says: "cannot write into the folder \(folder): no such file or directory")
        #expect(outcome.talk.contains("hint: make it first, or choose another: get FOLDER/NAME"))
        #expect(try workplace.state() == before)
    }

    @Test func aFileIsNoFolder() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: "file")
        let before = try workplace.state()
        expectFailure(
            try workplace.recover("pick max; get file/out.db"),
            1,
            says: "cannot write into the folder file: not a directory"
        )
        #expect(try workplace.state() == before)
    }

    @Test(arguments: ["folder", "folder/", "./folder/", "folder/.", "link"])
    func inAFolderTheFileIsCalledAsTheBackup(_ path: String) throws {
        let workplace = try workplace()
        try workplace.folder.makeFolder("folder")
        try workplace.folder.link("link", to: "folder")
        let outcome = try workplace.recover("pick max; get \(path)")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.names(in: "folder") == [Self.name])
    }

    @Test func theRootOfTheFileSystemIsAFolderToo() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: Self.name)
        let outcome = try workplace.recover("pick max; get \(workplace.folder.path)/")
        expectFailure(outcome, 1, says: "cannot write \(workplace.folder.path)/\(Self.name): it exists already")
        let atRoot = try workplace.recover("pick max; get /proc")
        #expect(atRoot.exitCode == 1)
        #expect(atRoot.talk.contains("cannot write"))
    }

    @Test func aNameThatIsTooLongIsSaidToBe() throws {
        let workplace = try workplace()
        let before = try workplace.state()
        let name = String(repeating: "n", count: 252)
        let outcome = try workplace.recover("pick max; get \(name)")
        expectFailure(outcome, 1, says: "cannot write \(name): file name too long")
        #expect(try workplace.state() == before)
    }

    @Test(arguments: [
        "a file.db", "it's.db", "two  spaces", "$HOME", "a;b&&c|d", "star*?[x]", "-rf", "~x", "ümlaut.db", "#x",
    ])
    func theNextStepIsQuotedSoThatAShellReadsTheSameName(_ name: String) throws {
        let workplace = try workplace()
        let outcome = try workplace.program.run(
            ["-c", "param file; use pv backups; cluster foo; pick max; get $file", "file=\(name)"]
        )
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.made() == [name])
        let next = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("  next ") })
        let command = next.dropFirst("  next ".count).trimmingCharacters(in: .whitespaces)
        let restored = try workplace.program.run(
            [],
            prefix: Program.shell("alias snapsh='\(Program.path)'; eval '\(command.replacing("'", with: "'\\''"))'")
        )
        #expect(restored.exitCode == 0, "\(restored.talk)")
        #expect(workplace.folder.exists("foo.etcd/member/snap/db"))
    }

    @Test func theCommandForEtcdsOwnToolIsThatOfTheTarget() throws {
        let workplace = try workplace()
        let outcome = try workplace.recover("restore 'a b' --print; target 3.4; restore '-a' --data-dir d --print")
        let options =
            "--initial-cluster default=http://localhost:2380 --initial-cluster-token etcd-cluster"
            + " --initial-advertise-peer-urls http://localhost:2380\n"
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(
            outcome.output.contains("etcdutl snapshot restore 'a b' --name default --data-dir default.etcd \(options)")
        )
        #expect(
            outcome.output.contains(
                "ETCDCTL_API=3 etcdctl snapshot restore ./-a --name default --data-dir d \(options)"
            )
        )
        #expect(try workplace.made() == [])
    }

    @Test func aLoneTildeIsNoPlace() throws {
        let workplace = try workplace()
        let outcome = try workplace.recover("pick max; get ~")
        expectFailure(outcome, 2, says: "'~' alone is not a place")
    }

    @Test func aPipeOrADeviceIsNotReplacedEvenByForce() throws {
        let workplace = try workplace()
        #expect(mkfifo(workplace.folder.path("pipe"), 0o600) == 0)
        let outcome = try workplace.recover("pick max; get pipe --force")
        expectFailure(outcome, 1, says: "cannot write pipe: it exists and is not a regular file")
    }

    @Test func aPartialFileThatIsAlsoAFinishedOneIsNotWrittenTo() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: "finished.db")
        #expect(link(workplace.folder.path("finished.db"), workplace.folder.path(".out.db.part")) == 0)
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try workplace.folder.read("finished.db") == Array("precious".utf8))
        #expect(!workplace.folder.exists(".out.db.part"))
    }

    @Test func aLinkInThePlaceOfThePartialFileIsNotFollowed() throws {
        let workplace = try workplace()
        try workplace.folder.write("precious".utf8, to: "victim")
        try workplace.folder.link(".out.db.part", to: "victim")
        let before = try workplace.state()
        let outcome = try workplace.recover("pick max; get out.db")
        #expect(outcome.exitCode == 1)
        #expect(outcome.talk.contains("cannot write .out.db.part"))
        #expect(try workplace.state() == before)
    }
}

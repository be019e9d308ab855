import Foundation
import TestSupport
import Testing

/// Backups that gzip has compressed, in a folder of plain files.
@Suite(.ownThread) struct CompressedBackupTests {
    private let program: Program
    private let snapshot: [UInt8]

    init() throws {
        program = try Program()
        snapshot = try Fixture.snapshot("late.db")
    }

    private var folder: TemporaryFolder { program.folder }

    private func add(_ bytes: [UInt8], as name: String = "monday.db.gz") throws {
        try folder.write(bytes, to: "backups/\(name)")
    }

    private func get(_ words: String = "", prefix: [String] = []) throws -> Program.Outcome {
        try program.run(["-c", "use pv backups; pick max; get \(words)"], prefix: prefix)
    }

    private func made() throws -> [String] { try folder.names().filter { $0 != "backups" } }

    @Test func getNamesTheSnapshotWithoutGz() throws {
        try add(GzipTool.gzip(snapshot))
        let outcome = try get("&& expect file.verified && expect file.revision == 208")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("got monday.db: checksum, structure and revisions verified"))
        #expect(try made() == ["monday.db"])
        #expect(try folder.read("monday.db") == snapshot)
        #expect(try folder.mode(of: "monday.db") == 0o600)
    }

    @Test func aSecondGetFindsItThere() throws {
        try add(GzipTool.gzip(snapshot))
        #expect(try get().exitCode == 0)
        let second = try get()
        #expect(second.exitCode == 0, "\(second.talk)")
        #expect(second.output.contains("monday.db is there already, verified"))
        try add(GzipTool.gzip(Fixture.snapshot("middle.db")))
        expectFailure(
            try get(),
            1,
            says: "cannot write monday.db: it exists already, and is not known to be this backup"
        )
        #expect(try folder.read("monday.db") == snapshot)
    }

    @Test func whatCannotBeDecodedIsNotSoundAndLeavesNothing() throws {
        let encoded = try GzipTool.gzip(snapshot)
        try add(Array(encoded.dropLast(100)))
        let outcome = try get()
        let sentence = "cannot decode monday.db.gz: its gzip stream is truncated after \(encoded.count - 100) bytes"
        expectFailure(outcome, 5, says: sentence)
        #expect(outcome.talk.contains("hint: choose another backup with 'ls' and 'pick'"))
        #expect(try made().isEmpty)
    }

    @Test func anOlderOneIsTakenWhereTheNewestCannotBeDecoded() throws {
        try add(GzipTool.gzip(snapshot))
        try folder.write(try GzipTool.gzip(snapshot).dropLast(9), to: "backups/tuesday.db.gz", modified: .now + 5)
        let outcome = try get("out.db --or-older")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("cannot decode tuesday.db.gz: its gzip stream is truncated"))
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test func keepUnverifiedKeepsItCompressed() throws {
        let encoded = Array(try GzipTool.gzip(snapshot).dropLast(9))
        try add(encoded)
        let outcome = try get("out.db --keep-unverified")
        expectFailure(outcome, 5, says: "kept, still encoded, as out.db.unverified.gz")
        #expect(try made() == ["out.db.unverified.gz"])
        #expect(try folder.read("out.db.unverified.gz") == encoded)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aSmallFileThatDecodesToAHugeOneDoesNotFillTheDisk() throws {
        try add(GzipTool.gzip(Array(snapshot.dropLast(32)) + [UInt8](repeating: 0, count: 64 << 20)))
        try folder.makeFolder("small")
        let outcome = try get(
            "small/out.db",
            prefix: SystemTool.mountPrefix
                + Program.shell(
                    """
                    mount -t tmpfs -o size=8m tmpfs small
                    "$@"; code=$?; ls -A small > left; exit $code
                    """
                )
        )
        let sentence = "cannot decode monday.db.gz: it decodes to more than "
        expectFailure(outcome, 1, says: sentence)
        #expect(outcome.talk.contains("there is no room for more\n    hint: choose a folder with more room"))
        #expect(try folder.read("left").isEmpty)
    }

    @Test(.enabled(if: SystemTool.canMount, "a file system can't be mounted here"))
    func aPackedFileIsRefusedThatHasNoRoom() throws {
        try folder.write(GzipTool.gzip(LargeSnapshot.bytes(count: 20 << 20)), to: "here.db.gz")
        try folder.makeFolder("small")
        for command in ["verify here.db.gz --spool-dir small", "restore here.db.gz --data-dir r --spool-dir small"] {
            let outcome = try program.run(
                ["-c", command],
                prefix: SystemTool.mountPrefix
                    + Program.shell(
                        """
                        mount -t tmpfs -o size=8m tmpfs small
                        "$@"; code=$?; ls -A small > left; exit $code
                        """
                    )
            )
            expectFailure(outcome, 1, says: "cannot keep a copy in small: 7.")
            #expect(outcome.talk.contains("hint: name another folder, on a disk with room: --spool-dir DIR"))
            #expect(try folder.read("left").isEmpty && !folder.exists("r"))
        }
    }

    @Test func serveSendsTheSnapshotInIt() throws {
        try add(GzipTool.gzip(snapshot))
        try folder.makeFolder("spool")
        let server = try ServingProgram(program, "use pv backups", options: "--spool-dir spool")
        let answer = try server.curl("/v1/backup")
        #expect(answer.status == 200 && answer.body == snapshot)
        #expect(server.waits(for: "note: the newest, monday.db.gz, is sound"))
        #expect(try folder.names(in: "spool").isEmpty)
    }

    @Test func servesWhatTheNameDoesNotSayOnceItIsVerified() throws {
        try add(GzipTool.gzip(snapshot))
        let server = try ServingProgram(program, "use pv backups")
        #expect(server.waits(for: "note: the newest, monday.db.gz, is sound"))
        for words in [["/v1/backup"], ["--head", "/v1/backup"]] {
            let head = try words.count == 1 ? server.curl(words[0]).head : server.curl(words[0], words[1]).head
            for field in ["X-etcd-Version: 3.4.0\r\n", "X-Revision: 208\r\n", "Content-Length: \(snapshot.count)\r\n"] {
                #expect(head.contains(field), "\(head)")
            }
        }
        let outcome = try program.run(["-c", "use service \(server.url); cluster foo; pick max; get out.db"])
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test func serveNeedsAFolderForWhatIsEncodedBeforeAnyoneAsks() throws {
        try add(GzipTool.gzip(snapshot))
        let outcome = try program.run(
            ["-c", "use pv backups; serve --listen 127.0.0.1:0"],
            environment: ["TMPDIR": folder.path("none")]
        )
        #expect(outcome.exitCode != 0 && outcome.talk.contains(folder.path("none")), "\(outcome.talk)")
    }

    @Test func serveRefusesWhatItCannotDecode() throws {
        try add(Array(GzipTool.gzip(snapshot).dropLast(9)))
        let server = try ServingProgram(program, "use pv backups")
        let answer = try server.curl("/v1/backup")
        #expect(answer.status == 500 && answer.text.contains("its gzip stream is truncated"), "\(answer.text)")
    }
}

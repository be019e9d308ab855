import Backups
import Codecs
import Snapshot
import TestSupport
import Testing

/// One way to a snapshot in a file of this machine.
@Suite("A snapshot file is opened", .ownThread)
struct SnapshotOpenerTests {
    private let folder: TemporaryFolder
    private let sound: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("spool")
        sound = try Fixture.snapshot("early.db")
    }

    private func opener(usesMemory: Bool = true) -> SnapshotOpener {
        SnapshotOpener(codecs: CodecRegistry.all, spoolFolder: folder.path("spool"), usesMemory: usesMemory)
    }

    @Test("where it lies, unless it is packed: no room is taken for it")
    func raw() async throws {
        var opener = opener()
        opener.spoolFolder = "/nowhere/at/all"
        let snapshot = try await opener.open(try folder.write(sound, to: "early.db")) { _, _ in
            Issue.record("nothing is decoded")
        }
        #expect(!snapshot.isPacked && snapshot.file.byteCount == sound.count)
        #expect(try await snapshot.file.verify().verdict == .sound)
    }

    @Test("decoded into memory or into a file without a name", arguments: [true, false])
    func packed(usesMemory: Bool) async throws {
        let packed = try GzipTool.gzip(sound)
        let path = try folder.write(packed, to: "backup")
        let snapshot = try await opener(usesMemory: usesMemory).open(path)
        #expect(snapshot.unpacked.layers.map(\.name) == ["gzip"] && snapshot.storedByteCount == packed.count)
        #expect(snapshot.file.byteCount == sound.count)
        #expect(try await snapshot.file.verify().verdict == .sound)
        #expect(try folder.names(in: "spool").isEmpty)
    }

    @Test("in a folder where it grows too large for memory")
    func large() async throws {
        let large = try LargeSnapshot.bytes(count: 40 << 20)
        let path = try folder.write(try GzipTool.gzip(large), to: "backup.gz")
        let snapshot = try await opener().open(path)
        #expect(snapshot.file.byteCount == large.count)
        #expect(try folder.names(in: "spool").isEmpty)
        #expect(
            try await snapshot.file.verify().sha256
                == SnapshotFile(path: folder.write(large, to: "large")).verify().sha256
        )
        var opener = opener()
        opener.spoolFolder = folder.path("missing")
        await #expect(throws: SpoolError.cannotKeep(folder: opener.spoolFolder, reason: "no such file or directory")) {
            try await opener.open(path)
        }
    }

    @Test("only where all of it can be decoded")
    func truncated() async throws {
        let packed = try GzipTool.gzip(sound)
        for count in stride(from: 20, to: packed.count, by: 100) {
            let path = try folder.write(packed.prefix(count), to: "cut")
            await #expect(throws: CodecError.self, "\(count) bytes") { try await opener().open(path) }
        }
    }

    @Test("and what begins as no snapshot does is not decoded to its end")
    func bomb() async throws {
        let path = try folder.write(try GzipTool.gzip([UInt8](repeating: 0, count: 64 << 20)), to: "bomb")
        var opener = opener()
        // More than memory takes would fail here.
        opener.spoolFolder = folder.path("missing")
        await #expect(throws: SnapshotProblem.otherKind(.zeros)) { try await opener.open(path) }
    }

    @Test("until that is cancelled: then nothing is left")
    func cancelled() async throws {
        let large = try LargeSnapshot.bytes(count: 40 << 20, isIncompressible: true)
        let path = try folder.write(try GzipTool.gzip(large), to: "backup.gz")
        let opener = opener(usesMemory: false)
        let (begun, progress) = AsyncStream.makeStream(of: Void.self)
        let task = Task { try await opener.open(path) { done, _ in if done > 0 { progress.yield() } } }
        for await _ in begun { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try folder.names(in: "spool").isEmpty)
    }
}

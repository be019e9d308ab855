import Backups
import Codecs
import Snapshot
import TestSupport
import Testing

@Suite("A download that keeps the bytes as they are stored")
struct StoredDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]
    private let encoded: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("late.db")
        encoded = try GzipTool.gzip(snapshot)
    }

    private func remote(_ bytes: [UInt8]) throws -> OneBackup {
        try OneBackup.remote(bytes, encoding: .gzip, pieceByteCount: 500)
    }

    private func download() -> Download {
        var download = Download(destination: folder.path("out.gz"), codecs: CodecRegistry.all)
        download.keepsStored = true
        return download
    }

    @Test("verifies what they decode to, and leaves nothing of that")
    func sound() async throws {
        let source = try remote(encoded)
        let file = try await download().run(source.backup, from: source)
        #expect(file.byteCount == snapshot.count && file.storedByteCount == Int64(encoded.count))
        #expect(file.sha256 == (try Fixture.expectedSnapshots().first { $0.file == "late.db" })?.sha256)
        #expect(try folder.read("out.gz") == encoded)
        #expect(try folder.names() == ["out.gz"] && folder.mode(of: "out.gz") == 0o600)
    }

    @Test("is resumed")
    func resumed() async throws {
        let source = try remote(encoded)
        source.breakOff(after: 2000)
        await #expect(throws: StoreError.self) { try await download().run(source.backup, from: source) }
        // What was decoded is in the clear: it has no name from the start on.
        #expect(try folder.names() == [".out.gz.part"])
        _ = try await download().run(source.backup, from: source)
        #expect(source.readByteCount == encoded.count)
        #expect(try folder.read("out.gz") == encoded && folder.names() == ["out.gz"])
    }

    @Test("gives what is not sound no name")
    func unsound() async throws {
        var altered = snapshot
        altered[5000] ^= 1
        let source = try remote(try GzipTool.gzip(altered))
        await #expect(throws: DownloadError.self) { try await download().run(source.backup, from: source) }
        #expect(try folder.names().isEmpty)
    }

    @Test("finds the file there already, by its size, its two ends, and by decoding it")
    func existing() async throws {
        let source = try remote(encoded)
        try folder.write(encoded, to: "out.gz")
        let file = try #require(try await download().existing(source.backup, from: source))
        #expect(file.origin == .thereByContent && file.storedByteCount == Int64(encoded.count))
        #expect(file.byteCount == snapshot.count)
        #expect(try await download().existingFileMayBe(source.backup, from: source))
        #expect(try folder.names() == ["out.gz"])
    }

    @Test("refuses another file under its name")
    func existingOther() async throws {
        let source = try remote(encoded)
        var altered = encoded
        altered[altered.count / 2] ^= 1
        for bytes in [snapshot, Array(encoded.dropLast()), altered] {
            try folder.write(bytes, to: "out.gz")
            await #expect(throws: DownloadError.self) { try await download().existing(source.backup, from: source) }
        }
    }
}

@Suite("A file that is a packed backup's snapshot")
struct ChecksumProofTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        // Large enough that reading all of it shows.
        snapshot = try LargeSnapshot.bytes(count: 2 << 20, isIncompressible: true)
        try folder.write(snapshot, to: "out.db")
    }

    private func pack(_ command: String, ending: String) throws -> OneBackup {
        guard try SystemTool.run(["sh", "-c", command], in: folder).exitCode == 0 else {
            throw PartFailure("'\(command)' failed")
        }
        let encoding = CodecRegistry.encodings.encoding(ofFileNamed: "out.db\(ending)")
        return try OneBackup.remote(try folder.read("packed"), encoding: encoding, pieceByteCount: 500)
    }

    @Test(
        "is known by the size and the checksum at the end of that",
        arguments: [
            ("gzip -1 -c out.db >packed", ".gz"),
            ("printf 'a note' >note.txt; zip -q -1 p.zip note.txt out.db && mv p.zip packed", ".zip"),
            ("zip -q -1 -fd - out.db >packed", ".zip"),
            ("zip -q -1 -fz p.zip out.db && zip -q -z p.zip </dev/null && mv p.zip packed", ".zip"),
        ]
    )
    func proven(command: String, ending: String) async throws {
        let source = try pack(command, ending: ending)
        let download = Download(destination: folder.path("out.db"), codecs: CodecRegistry.all)
        let file = try #require(try await download.existing(source.backup, from: source))
        #expect(file.origin == .thereByChecksum)
        #expect(source.readByteCount < 100_000, "\(source.readByteCount)")
    }

    @Test(
        "is known by all of it where that says nothing",
        arguments: [
            ("{ head -c 100000 out.db | gzip -1; tail -c +100001 out.db | gzip -1; } >packed", ".gz"),
            ("{ gzip -1 -c out.db; printf 'padding'; } >packed", ".gz"),
            ("zstd -q -1 -c out.db >packed", ".zst"),
        ]
    )
    func decoded(command: String, ending: String) async throws {
        let source = try pack(command, ending: ending)
        let download = Download(destination: folder.path("out.db"), codecs: CodecRegistry.all)
        #expect(try await download.existing(source.backup, from: source)?.origin == .thereByContent)
        #expect(source.readByteCount > 2_000_000)
    }

    @Test("is not another snapshot of the same size")
    func other() async throws {
        let source = try pack("gzip -1 -c out.db >packed", ending: ".gz")
        try folder.write(try LargeSnapshot.bytes(count: 2 << 20), to: "out.db")
        let download = Download(destination: folder.path("out.db"), codecs: CodecRegistry.all)
        await #expect(throws: DownloadError.self) { try await download.existing(source.backup, from: source) }
    }
}

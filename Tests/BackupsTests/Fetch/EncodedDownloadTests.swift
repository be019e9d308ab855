import Backups
import Codecs
import Foundation
import Snapshot
import Synchronization
import TestSupport
import Testing

@Suite("A download of what gzip has compressed")
struct EncodedDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]
    private let encoded: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("late.db")
        encoded = try GzipTool.gzip(snapshot)
    }

    private func remote(_ bytes: [UInt8], etag: String = "one") throws -> OneBackup {
        try OneBackup.remote(bytes, encoding: .gzip, etag: etag, pieceByteCount: 500)
    }

    private func download(keep: Bool = false) -> Download {
        Download(destination: folder.path("out.db"), keepsUnverified: keep, codecs: CodecRegistry.all)
    }

    /// The events of a download, and what it came to.
    private func run(
        _ source: OneBackup,
        keep: Bool = false
    ) async throws -> (events: [DownloadEvent], result: Result<DownloadedFile, any Error>) {
        let events = Mutex<[DownloadEvent]>([])
        do {
            let file = try await download(keep: keep).run(source.backup, from: source) { event in
                events.withLock { $0.append(event) }
            }
            return (events.withLock { $0 }, .success(file))
        } catch {
            return (events.withLock { $0 }, .failure(error))
        }
    }

    @Test("gives the snapshot in it the name", arguments: [StoreTraits.local, .remote(parallelCalls: 4), .streaming])
    func sound(traits: StoreTraits) async throws {
        let source = try OneBackup(encoded, encoding: .gzip, traits: traits, pieceByteCount: 500)
        let counts = Mutex<[Int64]>([])
        let file = try await download().run(
            source.backup,
            from: source,
            onProgress: { count in counts.withLock { $0.append(count) } }
        )
        #expect(file.byteCount == Int64(snapshot.count))
        #expect(file.sha256 == (try Fixture.expectedSnapshots().first { $0.file == "late.db" })?.sha256)
        #expect(counts.withLock(\.last) == Int64(encoded.count))
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
        #expect(try folder.mode(of: "out.db") == 0o600)
    }

    @Test("comes in parts, several at once, and is decoded in their order")
    func parts() async throws {
        let large = try LargeSnapshot.bytes(count: 40 << 20, isIncompressible: true)
        let source = try OneBackup.remote(try GzipTool.gzip(large), encoding: .gzip)
        #expect(source.backup.entry.map { $0.byteCount > 32 << 20 } == true)
        let (events, result) = try await run(source)
        #expect(try result.get().byteCount == Int64(large.count) && events.isEmpty)
        #expect(try folder.read("out.db") == large)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("keeps the compressed bytes when it breaks off, and reads only the rest the next time")
    func resumed() async throws {
        let first = try remote(encoded)
        first.breakOff(after: 2000)
        let (kept, broken) = try await run(first)
        #expect(throws: StoreError.self) { try broken.get() }
        #expect(kept == [.kept(doneByteCount: 2000, path: folder.path(".out.db.part"))])
        #expect(try folder.names() == [".out.db.part"])
        #expect(try Array(folder.read(".out.db.part").prefix(2000)) == Array(encoded.prefix(2000)))

        let second = try remote(encoded)
        let (events, result) = try await run(second)
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.resumed(doneByteCount: 2000)])
        #expect(second.readByteCount == Int64(encoded.count) - 2000)
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("resumes where all compressed bytes had come, and none was decoded")
    func resumedWhole() async throws {
        let first = try remote(encoded)
        first.breakOff(after: Int64(encoded.count) / 500 * 500)
        _ = try await run(first)
        let second = try remote(encoded)
        second.breakOff(after: 0)
        _ = try await run(second)
        let (events, result) = try await run(try remote(encoded))
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.resumed(doneByteCount: first.readByteCount)])
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("starts over where the backup is not the same any more, or the kept bytes are wrong")
    func startedOver() async throws {
        let first = try remote(encoded)
        first.breakOff(after: 2000)
        _ = try await run(first)
        let (changed, other) = try await run(try remote(encoded, etag: "two"))
        #expect(throws: Never.self) { try other.get() }
        #expect(changed == [.startedOver(.otherBackup)])

        try FileManager.default.removeItem(atPath: folder.path("out.db"))
        first.breakOff(after: 2000)
        _ = try await run(first)
        let partial = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path(".out.db.part")))
        try partial.seek(toOffset: 1000)
        try partial.write(contentsOf: Data([1, 2, 3]))
        try partial.close()
        let (events, result) = try await run(try remote(encoded))
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.resumed(doneByteCount: 2000), .startedOver(.unsound)])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("leaves nothing of what can't be decoded, and reads no more of it than it takes to know")
    func undecodable() async throws {
        var altered = encoded
        altered[altered.count - 6] ^= 1
        let cases: [([UInt8], CodecError.Problem)] = [
            (Array(encoded.dropLast(9)), .truncated(byteCount: Int64(encoded.count) - 9)),
            (altered, .wrongChecksum),
            (Array("<html>not here</html>".utf8), .otherKind),
        ]
        for (bytes, problem) in cases {
            let source = try remote(bytes)
            let (events, result) = try await run(source)
            let error = DownloadError.undecodable(name: source.backup.name, CodecError(.gzip, problem))
            #expect(throws: error) { try result.get() }
            #expect(error.category == .unsound && events.isEmpty)
            #expect(try folder.names().isEmpty)
        }
    }

    @Test("that is asked to keep what is wrong keeps it compressed where it can't be decoded")
    func kept() async throws {
        var altered = encoded
        // In the middle: the rest has not come yet when that shows.
        altered[altered.count / 4] ^= 0xFF
        let (_, broken) = try await run(try remote(altered), keep: true)
        #expect(throws: DownloadError.self) { try broken.get() }
        #expect(try folder.names() == ["out.db.unverified.gz"])
        #expect(try folder.read("out.db.unverified.gz") == altered)

        let again = try await run(try remote(altered), keep: true).result
        #expect(throws: DownloadError.destinationExists(path: folder.path("out.db.unverified.gz"))) { try again.get() }
        try FileManager.default.removeItem(atPath: folder.path("out.db.unverified.gz"))

        var unsound = snapshot
        unsound[unsound.count - 1] ^= 1
        let (_, result) = try await run(try remote(try GzipTool.gzip(unsound)), keep: true)
        #expect(throws: DownloadError.self) { try result.get() }
        #expect(try folder.names() == ["out.db.unverified"])
        #expect(try folder.read("out.db.unverified") == unsound)
    }

    @Test("takes a snapshot that something on the way has decoded already, whatever its name says")
    func decodedAlready() async throws {
        let (_, result) = try await run(try remote(snapshot))
        #expect(try result.get().unpacked?.layers == [])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("takes no other file for a snapshot because it was compressed")
    func otherKind() async throws {
        let source = try remote(try GzipTool.gzip([UInt8](repeating: 0, count: 100_000)))
        let (_, result) = try await run(source)
        let name = source.backup.name
        #expect(throws: DownloadError.unsound(name: name, .otherKind(.zeros), keptAs: nil)) { try result.get() }
        #expect(try folder.names().isEmpty)
    }

    @Test("that decodes to something else ends as soon as its beginning shows that")
    func endsEarly() async throws {
        let zeros = [UInt8](repeating: 0, count: 64 << 20)
        let source = try remote(try GzipTool.gzip(zeros))
        source.hold(after: 5000)
        let (_, result) = try await run(source)
        let name = source.backup.name
        #expect(throws: DownloadError.unsound(name: name, .otherKind(.zeros), keptAs: nil)) { try result.get() }
        #expect(source.readByteCount < (source.backup.byteCount ?? 0))
        #expect(try folder.names().isEmpty)
    }

    @Test("needs room for both, the compressed bytes and the snapshot, whatever a source says of a size")
    func room() async throws {
        for (claimed, needed) in [(Int64.max, Int64.max), (1 << 60, 1 << 61)] {
            let source = try OneBackup.remote(encoded, encoding: .gzip, claimedByteCount: claimed)
            do {
                _ = try await run(source).result.get()
                Issue.record("there is room for \(claimed) bytes")
            } catch DownloadError.noSpace(_, let neededByteCount, _) {
                #expect(neededByteCount == needed)
            }
            #expect(try folder.names().isEmpty)
        }
    }

    @Test("writes over what a killed one had decoded")
    func leftover() async throws {
        try folder.write([UInt8](repeating: 7, count: snapshot.count + 512), to: ".out.db.decoded")
        let (events, result) = try await run(try remote(encoded))
        #expect(throws: Never.self) { try result.get() }
        #expect(events.isEmpty)
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("that was killed once its file had the name leaves nothing, as soon as the file is found there")
    func killedWhilePublishing() async throws {
        try folder.write(snapshot, to: "out.db")
        try folder.write(encoded, to: ".out.db.part")
        try FileManager.default.linkItem(atPath: folder.path("out.db"), toPath: folder.path(".out.db.decoded"))
        let source = try remote(encoded)
        #expect(try await download().existing(source.backup, from: source) != nil)
        #expect(try folder.names() == ["out.db"])
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("leaves no empty file where what it decodes to can't be written")
    func secondFileFails() async throws {
        try folder.makeFolder(".out.db.decoded")
        let (_, result) = try await run(try remote(encoded))
        #expect(throws: DownloadError.self) { try result.get() }
        #expect(try folder.names() == [".out.db.decoded"])
    }

    @Test("reads no more than the length at its end where a file that is there has another size")
    func otherLength() async throws {
        try folder.write(try Fixture.snapshot("early.db"), to: "out.db")
        let source = try remote(encoded)
        #expect(try await !download().existingFileMayBe(source.backup, from: source))
        #expect(source.readByteCount == 4)
        // Two members: the last one's length is not that of all.
        try folder.write(snapshot, to: "out.db")
        let parts = try GzipTool.gzip(Array(snapshot.prefix(1000))) + GzipTool.gzip(Array(snapshot.dropFirst(1000)))
        let inParts = try remote(parts)
        #expect(try await download().existingFileMayBe(inParts.backup, from: inParts))
    }

    @Test("needs a codec for it")
    func withoutCodec() async throws {
        let source = try remote(encoded)
        let download = Download(destination: folder.path("out.db"))
        let error = DownloadError.undecodable(name: source.backup.name, CodecError(.gzip, .noCodec))
        await #expect(throws: error) { try await download.run(source.backup, from: source) }
        #expect(error.category == .failed)
        #expect(try folder.names().isEmpty)
    }

    @Test("says how many bytes behind the stream it ignores")
    func trailingBytes() async throws {
        let (events, result) = try await run(try remote(encoded + [1, 2, 3]))
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.ignoredBytes(count: 3)])
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("keeps the compressed bytes where it is cancelled")
    func cancelled() async throws {
        let source = try remote(encoded)
        let (download, backup) = (download(), source.backup)
        let (counts, progress) = AsyncStream.makeStream(of: Int64.self)
        source.hold(after: 2000)
        let task = Task {
            try await download.run(backup, from: source, onProgress: { progress.yield($0) })
        }
        for await count in counts where count >= 2000 { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try folder.names() == [".out.db.part"])
    }

    @Test("is decoded where only its bytes show that it is packed")
    func recognised() async throws {
        let source = try OneBackup.remote(encoded)
        let file = try await download().run(source.backup, from: source)
        #expect(file.encoding == .gzip && file.unpacked?.layers == [.gzip])
        #expect(try folder.read("out.db") == snapshot)
        #expect(try await download().existing(source.backup, from: source)?.origin == .thereByChecksum)
        #expect(try await download().existingFileMayBe(source.backup, from: source))
    }

    @Test("finds what is there already, by the checksum in the backup")
    func existing() async throws {
        try folder.write(snapshot, to: "out.db")
        let source = try remote(encoded)
        let file = try #require(try await download().existing(source.backup, from: source))
        #expect(file.origin == .thereByChecksum && file.byteCount == Int64(snapshot.count))
        #expect(try await download().existingFileMayBe(source.backup, from: source))
    }

    @Test("takes nothing else that is there for the backup")
    func existingOther() async throws {
        let early = try Fixture.snapshot("early.db")
        try folder.write(early, to: "out.db")
        let path = folder.path("out.db")
        // Of the same size and revision as the other, with another last byte.
        var sibling = early
        sibling[sibling.count - 1] ^= 1
        let larger = early + [UInt8](repeating: 0, count: 512)
        let cases: [([UInt8], ExistingFileDifference)] = [
            (try GzipTool.gzip(sibling), .content(offset: Int64(early.count) - 1)),
            (try GzipTool.gzip(larger), .smaller(own: Int64(early.count))),
            (
                try GzipTool.gzip(Array(early.dropLast())),
                .size(own: Int64(early.count), backup: Int64(early.count) - 1)
            ),
            (Array(try GzipTool.gzip(early).dropLast(8)), .backupUnreadable(reason: "")),
        ]
        for (bytes, expected) in cases {
            let source = try remote(bytes)
            do {
                _ = try await download().existing(source.backup, from: source)
                Issue.record("taken for the backup, although \(expected)")
            } catch DownloadError.destinationExists(path, let found?) {
                if case .backupUnreadable(let reason) = found {
                    #expect(reason.contains("truncated"))
                } else {
                    #expect(found == expected)
                }
            }
            #expect(try await !download().existingFileMayBe(source.backup, from: source))
        }
        #expect(try folder.read("out.db") == early)
    }
}

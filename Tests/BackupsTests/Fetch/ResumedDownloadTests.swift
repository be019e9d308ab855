import Backups
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A download from afar")
struct ResumedDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try LargeSnapshot.bytes(count: 40 << 20)
    }

    /// The events of a download, and what it came to.
    private func run(
        _ source: OneBackup,
        keep: Bool = false,
        acceptsMissingTrailer: Bool = false
    ) async throws -> (events: [DownloadEvent], result: Result<DownloadedFile, any Error>) {
        let events = Mutex<[DownloadEvent]>([])
        var download = Download(destination: folder.path("out.db"), keepsUnverified: keep)
        download.acceptsMissingTrailer = acceptsMissingTrailer
        do {
            let file = try await download.run(source.backup, from: source) { event in
                events.withLock { $0.append(event) }
            }
            return (events.withLock { $0 }, .success(file))
        } catch {
            return (events.withLock { $0 }, .failure(error))
        }
    }

    @Test("comes in parts, several at once, and is whole in the end")
    func parts() async throws {
        let source = try OneBackup.remote(snapshot)
        let (events, result) = try await run(source)
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events.isEmpty && source.readByteCount == Int64(snapshot.count))
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("keeps what has come when it breaks off, and reads only the rest the next time")
    func resumed() async throws {
        let first = try OneBackup.remote(snapshot)
        first.breakOff(after: 17 << 20)
        let (kept, broken) = try await run(first)
        #expect(throws: StoreError.self) { try broken.get() }
        #expect(kept == [.kept(doneByteCount: first.readByteCount, path: folder.path(".out.db.part"))])
        #expect(first.readByteCount > 0)
        #expect(try folder.names() == [".out.db.part"])

        let second = try OneBackup.remote(snapshot)
        let (events, result) = try await run(second)
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events == [.resumed(doneByteCount: first.readByteCount)])
        #expect(second.readByteCount == Int64(snapshot.count) - first.readByteCount)
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("reads only the rest where a missing trailer is accepted, too")
    func resumedWithoutTrailer() async throws {
        let copy = Array(snapshot.dropLast(32))
        let first = try OneBackup.remote(copy)
        first.breakOff(after: 17 << 20)
        _ = try await run(first, acceptsMissingTrailer: true)
        let second = try OneBackup.remote(copy)
        let (events, result) = try await run(second, acceptsMissingTrailer: true)
        #expect(try result.get().byteCount == Int64(copy.count))
        #expect(events == [.resumed(doneByteCount: first.readByteCount)])
        #expect(try folder.read("out.db") == copy)
    }

    @Test("starts over where the backup is not the same any more, and says so")
    func changed() async throws {
        let first = try OneBackup.remote(snapshot)
        first.breakOff(after: 17 << 20)
        _ = try await run(first)
        let second = try OneBackup.remote(snapshot, etag: "two")
        let (events, result) = try await run(second)
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.startedOver(.otherBackup)])
        #expect(second.readByteCount == Int64(snapshot.count))
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("starts over once where the bytes that were kept turn out wrong")
    func keptBytesAreWrong() async throws {
        let first = try OneBackup.remote(snapshot)
        first.breakOff(after: 17 << 20)
        _ = try await run(first)
        let partial = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path(".out.db.part")))
        // In the middle of a part that is there.
        try partial.seek(toOffset: 100_000)
        try partial.write(contentsOf: Data([1, 2, 3]))
        try partial.close()
        let (events, result) = try await run(try OneBackup.remote(snapshot))
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.resumed(doneByteCount: first.readByteCount), .startedOver(.unsound)])
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("keeps nothing of a backup that is not sound")
    func unsound() async throws {
        var bytes = snapshot
        bytes[bytes.count - 1] ^= 1
        let (events, result) = try await run(try OneBackup.remote(bytes))
        #expect(throws: DownloadError.self) { try result.get() }
        #expect(events.isEmpty)
        #expect(try folder.names().isEmpty)
    }

    @Test("a record that lies is not believed")
    func lyingRecord() async throws {
        let records = [
            "", "{}", "[1]", "{\"snapshPartialFile\":1,\"done\":[[0,-1]]}", String(repeating: "[", count: 70_000),
        ]
        for record in records {
            var bytes = [UInt8](repeating: 0, count: snapshot.count)
            bytes += Array(record.utf8)
            try folder.write(bytes, to: ".out.db.part")
            let (events, result) = try await run(try OneBackup.remote(snapshot))
            #expect(throws: Never.self) { try result.get() }
            #expect(events == [.startedOver(.otherBackup)])
            try FileManager.default.removeItem(atPath: folder.path("out.db"))
        }
    }

    @Test("soon ends all its parts where one fails")
    func onePartFails() async throws {
        let bytes = [UInt8](repeating: 0, count: 160 << 20)
        let source = try OneBackup.remote(bytes, parallelCalls: 2)
        source.breakOff(after: 20 << 20)
        let (_, result) = try await run(source)
        #expect(throws: StoreError.interrupted("it", reason: "gone")) { try result.get() }
        // Only what was on its way still came.
        #expect(source.readByteCount < 60 << 20, "\(source.readByteCount)")
    }
}

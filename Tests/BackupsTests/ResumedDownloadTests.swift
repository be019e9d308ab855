import Backups
import Foundation
import Synchronization
import TestSupport
import Testing

/// A source from afar with one backup, whose reads a test can break off.
private final class RemoteBackup: BackupSource {
    private struct State {
        var bytes: [UInt8]
        var readByteCount: Int64 = 0
        /// After so many bytes more it breaks off.
        var breaksAfter: Int64?
    }

    private let state: Mutex<State>
    let backup: Backup

    init(_ bytes: [UInt8], etag: String = "one") throws {
        state = Mutex(State(bytes: bytes))
        let name = "3.4.23_0000000000000009_etcd.backup"
        backup = Backup(
            name: name,
            cluster: ClusterName("foo"),
            version: EtcdVersion(major: 3, minor: 4, patch: 23),
            revision: Revision(9),
            entry: StoreEntry(key: "v1/foo/\(name)", byteCount: Int64(bytes.count), modified: Date(), etag: etag)
        )
    }

    var readByteCount: Int64 { state.withLock(\.readByteCount) }
    func breakOff(after byteCount: Int64?) { state.withLock { $0.breaksAfter = byteCount } }

    var location: String { "bucket test" }
    var shortName: String { "test" }
    var traits: StoreTraits { .remote(parallelCalls: 4) }
    func clusters() async throws -> ClusterListing {
        ClusterListing(clusters: [backup.cluster].compactMap(\.self), ignored: [])
    }
    func summary(of cluster: ClusterName) async throws -> ClusterSummary { ClusterSummary() }
    func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        BackupListing(backups: [backup], ignored: [])
    }

    func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let range = range ?? 0..<Int64(state.withLock { $0.bytes.count })
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
            let piece = start..<min(start + 1 << 20, range.upperBound)
            let bytes = try state.withLock { state in
                if let left = state.breaksAfter {
                    guard left >= Int64(piece.count) else { throw StoreError.interrupted("it", reason: "gone") }
                    state.breaksAfter = left - Int64(piece.count)
                }
                state.readByteCount += Int64(piece.count)
                return state.bytes[Int(piece.lowerBound)..<Int(piece.upperBound)]
            }
            try bytes.withUnsafeBytes { try sink($0) }
            await Task.yield()
        }
    }
}

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
        _ source: RemoteBackup,
        keep: Bool = false
    ) async throws -> (events: [DownloadEvent], result: Result<DownloadedFile, any Error>) {
        let events = Mutex<[DownloadEvent]>([])
        let download = Download(destination: folder.path("out.db"), keepsUnverified: keep)
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
        let source = try RemoteBackup(snapshot)
        let (events, result) = try await run(source)
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events.isEmpty && source.readByteCount == Int64(snapshot.count))
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("keeps what has come when it breaks off, and reads only the rest the next time")
    func resumed() async throws {
        let first = try RemoteBackup(snapshot)
        first.breakOff(after: 17 << 20)
        let (kept, broken) = try await run(first)
        #expect(throws: StoreError.self) { try broken.get() }
        #expect(kept == [.kept(doneByteCount: first.readByteCount)])
        #expect(first.readByteCount > 0)
        #expect(try folder.names() == [".out.db.part"])

        let second = try RemoteBackup(snapshot)
        let (events, result) = try await run(second)
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events == [.resumed(doneByteCount: first.readByteCount)])
        #expect(second.readByteCount == Int64(snapshot.count) - first.readByteCount)
        #expect(try folder.read("out.db") == snapshot)
        #expect(try folder.names() == ["out.db"])
    }

    @Test("starts over where the backup is not the same any more, and says so")
    func changed() async throws {
        let first = try RemoteBackup(snapshot)
        first.breakOff(after: 17 << 20)
        _ = try await run(first)
        let second = try RemoteBackup(snapshot, etag: "two")
        let (events, result) = try await run(second)
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.startedOver(.otherBackup)])
        #expect(second.readByteCount == Int64(snapshot.count))
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("starts over once where the bytes that were kept turn out wrong")
    func keptBytesAreWrong() async throws {
        let first = try RemoteBackup(snapshot)
        first.breakOff(after: 17 << 20)
        _ = try await run(first)
        let partial = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path(".out.db.part")))
        // In the middle of a part that is there.
        try partial.seek(toOffset: 100_000)
        try partial.write(contentsOf: Data([1, 2, 3]))
        try partial.close()
        let (events, result) = try await run(try RemoteBackup(snapshot))
        #expect(throws: Never.self) { try result.get() }
        #expect(events == [.resumed(doneByteCount: first.readByteCount), .startedOver(.unsound)])
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("keeps nothing of a backup that is not sound")
    func unsound() async throws {
        var bytes = snapshot
        bytes[bytes.count - 1] ^= 1
        let (events, result) = try await run(try RemoteBackup(bytes))
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
            let (events, result) = try await run(try RemoteBackup(snapshot))
            #expect(throws: Never.self) { try result.get() }
            #expect(events == [.startedOver(.otherBackup)])
            try FileManager.default.removeItem(atPath: folder.path("out.db"))
        }
    }
}

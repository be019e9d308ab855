import Backups
import BackupsTesting
import LocalServers
import Synchronization
import TestSupport
import Testing

@testable import S3Store

@Suite("A bucket of the project's own server, where something goes wrong", .ownThread)
struct FaultyBucketTests {
    private static let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) }
    private let notices = Notices()
    private let kept = Kept<LocalBucket>()

    private final class Notices: Sendable {
        private let all = Mutex<[String]>([])

        func add(_ notice: Notice) { all.withLock { $0.append(notice.text) } }

        func count(_ text: String) -> Int { all.withLock { $0.count { $0.contains(text) } } }
    }

    private func store(of bucket: LocalBucket) async throws -> RetryingStore {
        let store = try await bucket.store(report: notices.add)
        return RetryingStore(store, timeLimit: .seconds(3600), report: notices.add, pause: { _ in })
    }

    @Test("is read to the end over a link that drops every few bytes")
    func dropped() async throws {
        let bucket = kept.keep(try await LocalBucket(ServerFaults(resetByteCount: 300_000)))
        try bucket.folder.write(Self.bytes, to: "file")
        let store = try await store(of: bucket)
        let entry = try await store.stat("file")
        var bytes: [UInt8] = []
        try await store.read(entry, range: 0..<entry.byteCount) { bytes += $0 }
        #expect(bytes == Self.bytes)
        let impatient = try await bucket.store()
        await #expect(throws: StoreError.self) { try await impatient.read(entry, range: 0..<entry.byteCount) { _ in } }
    }

    @Test("is asked again where it is too busy")
    func busy() async throws {
        let bucket = kept.keep(try await LocalBucket(ServerFaults(busyCount: 3)))
        let store = try await store(of: bucket)
        #expect(try await store.list(ListRequest(prefix: "")).entries.isEmpty)
        #expect(notices.count("SlowDown") > 0 && bucket.bucket.faults.busyCount == 0)
    }

    @Test("refuses connections where it is down, and is there again")
    func down() async throws {
        let bucket = kept.keep(try await LocalBucket(ServerFaults(isDown: true)))
        let store = try await store(of: bucket)
        let error = await #expect(throws: S3Error.self) { try await store.list(ListRequest(prefix: "")) }
        #expect(error?.description.contains("refuses connections") == true)
        try await bucket.bucket.apply(ServerFaults())
        #expect(try await store.list(ListRequest(prefix: "")).entries.isEmpty)
    }

    @Test("is believed about the time", arguments: [(20, "behind"), (-20, "ahead of")])
    func clock(minutes: Int, word: String) async throws {
        let bucket = kept.keep(try await LocalBucket(ServerFaults(clockOffset: .seconds(minutes * 60))))
        let store = try await store(of: bucket)
        for _ in 0..<2 { #expect(try await store.list(ListRequest(prefix: "")).entries.isEmpty) }
        #expect(notices.count("clock is 20 min \(word) the server's") == 1)
    }

    @Test("hands out what was deleted, and is asked for it as a source")
    func deleted() async throws {
        let name = "3.4.23_0000000000000009_etcd.backup"
        let versions = VersionedStore()
        versions.put("v1/foo/\(name)", [1, 2, 3])
        versions.remove("v1/foo/\(name)")
        let source = try await kept.keep(LocalBucket(of: versions)).source()
        let listing = try await source.backups(of: ClusterName("foo"), .noncurrent())
        let backup = try #require(listing.backups.first)
        #expect(backup.name == name && backup.entry?.state == .deleted && listing.backups.count == 1)
        var bytes: [UInt8] = []
        try await source.read(backup, range: 0..<3) { bytes += $0 }
        #expect(bytes == [1, 2, 3])
    }
}

import Backups
import Foundation
import Synchronization
import TestSupport
import Testing

/// A source that hands its one backup out in one piece, without a size, and breaks off as a test wants it.
private final class StreamedBackup: BackupSource {
    private let bytes: [UInt8]
    /// How many bytes come before each time that it breaks off.
    private let breaks: Mutex<[Int]>
    let backup: Backup

    init(_ bytes: [UInt8], breakingAfter breaks: [Int] = []) throws {
        self.bytes = bytes
        self.breaks = Mutex(breaks)
        backup = Backup(
            name: "3.4.23_0000000000000009_etcd.backup",
            cluster: ClusterName("foo"),
            version: EtcdVersion(major: 3, minor: 4, patch: 23),
            revision: Revision(9),
            modified: nil,
            approximateByteCount: nil
        )
    }

    var location: String { "service test" }
    var shortName: String { "test" }
    var traits: StoreTraits { .streaming }
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
        #expect(range == nil)
        let end = breaks.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        for start in stride(from: 0, to: end ?? bytes.count, by: 4000) {
            try bytes[start..<min(start + 4000, end ?? bytes.count)].withUnsafeBytes { try sink($0) }
        }
        if end != nil { throw StoreError.interrupted("it", reason: "gone") }
    }
}

@Suite("A download in one piece")
struct StreamedDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    private func run(
        _ source: StreamedBackup
    ) async throws -> (events: [DownloadEvent], result: Result<DownloadedFile, any Error>) {
        let events = Mutex<[DownloadEvent]>([])
        let download = Download(destination: folder.path("out.db"))
        do {
            let file = try await download.run(source.backup, from: source) { event in
                events.withLock { $0.append(event) }
            }
            return (events.withLock(\.self), .success(file))
        } catch {
            return (events.withLock(\.self), .failure(error))
        }
    }

    @Test("needs no size to be verified, and tells it in the end")
    func whole() async throws {
        let (events, result) = try await run(try StreamedBackup(snapshot))
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events.isEmpty)
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("starts over where it broke off, and says so")
    func interrupted() async throws {
        // The first one comes further than the second: nothing of it may be left.
        let (events, result) = try await run(try StreamedBackup(snapshot, breakingAfter: [20_000, 0]))
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(
            events == [DownloadEvent](repeating: .startedOver(.interrupted(reason: "cannot read it: gone")), count: 2)
        )
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("is given up after three, and leaves nothing behind")
    func givenUp() async throws {
        let (_, result) = try await run(try StreamedBackup(snapshot, breakingAfter: [4000, 4000, 4000]))
        #expect(throws: StoreError.interrupted("it", reason: "gone")) { try result.get() }
        #expect(try folder.names().isEmpty)
    }

    @Test("that ends too early without a word is not sound")
    func cut() async throws {
        let (_, result) = try await run(try StreamedBackup(Array(snapshot.dropLast(512))))
        #expect(throws: DownloadError.self) { try result.get() }
        #expect(!folder.exists("out.db"))
    }
}

import Backups
import Synchronization
import TestSupport
import Testing

@Suite("A download in one piece")
struct StreamedDownloadTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    private func streamed(_ bytes: [UInt8], breakingAfter breaks: [Int64] = []) throws -> OneBackup {
        try OneBackup(bytes, traits: .streaming, pieceByteCount: 4000, breakingAfter: breaks)
    }

    private func run(
        _ source: OneBackup
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
        let (events, result) = try await run(try streamed(snapshot))
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(events.isEmpty)
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("starts over where it broke off, and says so")
    func interrupted() async throws {
        // The first one comes further than the second: nothing of it may be left.
        let (events, result) = try await run(try streamed(snapshot, breakingAfter: [20_000, 0]))
        #expect(try result.get().byteCount == Int64(snapshot.count))
        #expect(
            events == [DownloadEvent](repeating: .startedOver(.interrupted(reason: "cannot read it: gone")), count: 2)
        )
        #expect(try folder.read("out.db") == snapshot)
    }

    @Test("is given up after three, and leaves nothing behind")
    func givenUp() async throws {
        let (_, result) = try await run(try streamed(snapshot, breakingAfter: [4000, 4000, 4000]))
        #expect(throws: StoreError.interrupted("it", reason: "gone")) { try result.get() }
        #expect(try folder.names().isEmpty)
    }

    @Test("that ends too early without a word is not sound")
    func cut() async throws {
        let (_, result) = try await run(try streamed(Array(snapshot.dropLast(512))))
        #expect(throws: DownloadError.self) { try result.get() }
        #expect(!folder.exists("out.db"))
    }
}

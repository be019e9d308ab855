import Backups
import Foundation
import Synchronization
import Testing

/// A store whose calls fail as a test says, and then go well.
private final class FailingStore: Store {
    private let errors: Mutex<[StoreError]>
    private let calls = Mutex<[Range<Int64>]>([])
    static let bytes: [UInt8] = (0..<100).map { UInt8($0) }
    static let entry = StoreEntry(key: "key", byteCount: 100, modified: Date(timeIntervalSince1970: 0), etag: "")

    init(_ errors: [StoreError]) {
        self.errors = Mutex(errors.reversed())
    }

    var ranges: [Range<Int64>] { calls.withLock(\.self) }
    var traits: StoreTraits { .remote(parallelCalls: 1) }

    private func fail() throws {
        if let error = errors.withLock({ $0.popLast() }) { throw error }
    }

    func list(_ request: ListRequest) async throws -> ListPage {
        try fail()
        return ListPage(entries: [Self.entry])
    }

    func stat(_ key: String) async throws -> StoreEntry {
        try fail()
        return Self.entry
    }

    /// Hands out ten bytes, and then fails if it is to.
    func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        calls.withLock { $0.append(range) }
        let first = range.lowerBound..<min(range.lowerBound + 10, range.upperBound)
        try Self.bytes[Int(first.lowerBound)..<Int(first.upperBound)].withUnsafeBytes(sink)
        try fail()
        try Self.bytes[Int(first.upperBound)..<Int(range.upperBound)].withUnsafeBytes(sink)
    }
}

@Suite("A store that is asked again")
struct RetryingStoreTests {
    private static let interrupted = StoreError.interrupted("key", reason: "it broke off")

    /// The store, what it said, and how long it waited.
    private final class Watch: Sendable {
        let remarks = Mutex<[Notice]>([])
        let pauses = Mutex<[Duration]>([])
    }

    private func retrying(
        _ store: any Store,
        timeLimit: Duration = .seconds(3600)
    ) -> (RetryingStore, Watch) {
        let watch = Watch()
        let retrying = RetryingStore(
            store,
            timeLimit: timeLimit,
            report: { remark in watch.remarks.withLock { $0.append(remark) } },
            pause: { duration in watch.pauses.withLock { $0.append(duration) } }
        )
        return (retrying, watch)
    }

    @Test("gives what comes in the end, and says from the second failure on why it takes so long")
    func succeeds() async throws {
        let (store, watch) = retrying(FailingStore([Self.interrupted, Self.interrupted]))
        #expect(try await store.list(ListRequest(prefix: "")).entries == [FailingStore.entry])
        #expect(watch.remarks.withLock { $0 } == [.note("key: it broke off; trying again (3 of 10)")])
        let pauses = watch.pauses.withLock { $0 }
        #expect(pauses.count == 2 && pauses[0] >= .milliseconds(100) && pauses[1] >= .milliseconds(200))
    }

    @Test("waits as long as the server wishes")
    func retryAfter() async throws {
        let error = StoreError.interrupted("key", reason: "it is too busy", retryAfter: .seconds(7))
        let (store, watch) = retrying(FailingStore([error]))
        #expect(try await store.stat("key") == FailingStore.entry)
        #expect(watch.pauses.withLock { $0 } == [.seconds(7)])
        #expect(watch.remarks.withLock { $0.count } == 1)
    }

    @Test("goes on with the byte that it had come to, and counts anew from there")
    func resumes() async throws {
        let failing = FailingStore([StoreError](repeating: Self.interrupted, count: 9))
        let (store, watch) = retrying(failing)
        var bytes: [UInt8] = []
        try await store.read(FailingStore.entry, range: 0..<100) { bytes += $0 }
        #expect(bytes == FailingStore.bytes)
        #expect(failing.ranges == (0..<10).map { Int64($0) * 10..<100 })
        // Each try brought something, so that none was the second in vain.
        #expect(watch.remarks.withLock { $0 }.isEmpty)
    }

    @Test("gives up when the time is over")
    func timeIsOver() async throws {
        let (store, watch) = retrying(FailingStore([Self.interrupted]), timeLimit: .zero)
        await #expect(throws: Self.interrupted) { try await store.stat("key") }
        #expect(watch.pauses.withLock { $0.isEmpty })
    }

    @Test("says once what is broken for several calls at once")
    func together() async throws {
        let (store, watch) = retrying(FailingStore([StoreError](repeating: Self.interrupted, count: 80)))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { await #expect(throws: Self.interrupted) { try await store.stat("key") } } }
        }
        // One for each try from the third on, in the order in which the calls came to say it.
        let expected = (3...10).map { Notice.note("key: it broke off; trying again (\($0) of 10)").text }
        #expect(
            watch.remarks.withLock { $0.map { $0.text.replacing(/\ in [0-9]+ s/, with: "") }.sorted() }
                == expected.sorted()
        )
    }

    @Test("gives up after ten, and at once where another try is of no use")
    func givesUp() async throws {
        let (store, watch) = retrying(FailingStore([StoreError](repeating: Self.interrupted, count: 20)))
        await #expect(throws: Self.interrupted) { try await store.stat("key") }
        #expect(watch.pauses.withLock { $0.count } == 9)
        for error in [StoreError.notFound("key"), .changed("key"), .notAllowed("key", reason: "no")] {
            let (store, watch) = retrying(FailingStore([error]))
            await #expect(throws: error) { try await store.stat("key") }
            #expect(watch.pauses.withLock { $0 }.isEmpty)
        }
    }
}

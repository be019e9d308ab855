import Backups
import BackupsTesting
import Synchronization

/// A store whose every second call breaks off: at once, or halfway through what it reads.
private final class StumblingStore: Store {
    private let store: any Store
    private let callCount = Mutex(0)

    init(_ store: any Store) {
        self.store = store
    }

    var traits: StoreTraits { store.traits }

    private func stumbles() -> Bool {
        callCount.withLock { count in
            count += 1
            return count % 2 == 1
        }
    }

    func list(_ request: ListRequest) async throws -> ListPage {
        if stumbles() { throw StoreError.interrupted(request.prefix, reason: "it stumbled") }
        return try await store.list(request)
    }

    func stat(_ key: String) async throws -> StoreEntry {
        if stumbles() { throw StoreError.interrupted(key, reason: "it stumbled") }
        return try await store.stat(key)
    }

    func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        guard stumbles() else { return try await store.read(entry, range: range, into: sink) }
        let half = range.lowerBound..<range.lowerBound + Int64(range.count / 2)
        if !half.isEmpty { try await store.read(entry, range: half, into: sink) }
        throw StoreError.interrupted(entry.key, reason: "it stumbled")
    }
}

extension StoreUnderTest {
    /// What `RetryingStore` is for: above it nothing is noticed.
    static let stumblingDirectory = StoreUnderTest("a directory that stumbles and is asked again") { files in
        var filled = try await directoryFilled(with: files)
        filled.store = RetryingStore(StumblingStore(filled.store), report: { _ in }, pause: { _ in })
        return filled
    }
}

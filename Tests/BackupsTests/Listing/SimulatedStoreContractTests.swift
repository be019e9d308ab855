import BackupsTesting
import Testing

@testable import Backups

/// The simulated server keeps to what the real ones keep to: what the tests of listings find with it holds for them.
@Suite("A simulated store")
struct SimulatedStoreContractTests {
    private static let kinds: [StoreUnderTest] = [
        simulated("a simulated store", .init()),
        simulated("a simulated store with small pages", .init(pageLimit: 3)),
        simulated("a simulated store that folds at slashes whatever is asked", .init(delimiters: .allAreSlash)),
        simulated("a simulated store that gives folders first", .init(tellsFoldersFirst: true), []),
    ]

    private static func simulated(
        _ name: String,
        _ habits: SimulatedStore.Habits,
        _ abilities: StoreUnderTest.Abilities = .sortsAcrossPages
    ) -> StoreUnderTest {
        StoreUnderTest(name, abilities) { files in
            let store = SimulatedStore(KeyList(files.keys), habits)
            return StoreUnderTest.Filled(store: RetryingStore(InVirtualTime(store: store), report: { _ in }))
        }
    }

    /// Lets the simulated server answer as soon as it is asked.
    private struct InVirtualTime: Store {
        let store: SimulatedStore

        var traits: StoreTraits { store.traits }

        func list(_ request: ListRequest) async throws -> ListPage {
            try await store.run { _ in try await store.list(request) }
        }

        func stat(_ key: String) async throws -> StoreEntry { try await store.stat(key) }

        func read(
            _ entry: StoreEntry,
            range: Range<Int64>,
            into sink: (UnsafeRawBufferPointer) throws -> Void
        ) async throws {
            try await store.read(entry, range: range, into: sink)
        }
    }

    @Test("keeps to every rule of listings", arguments: StoreRule.cases(of: kinds))
    func rule(_ rule: StoreRule.Case) async throws {
        try await rule.check()
    }
}

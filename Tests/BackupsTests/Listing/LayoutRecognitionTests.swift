import Codecs
import Layouts
import Testing

@testable import Backups

/// What it costs to find plain files among other names in a bucket.
@Suite struct LayoutRecognitionTests {
    private let choice: LayoutChoice

    init() throws { choice = try LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)) }

    /// A bucket with so many names before those of its backups.
    private func bucket(_ otherCount: Int, backupCount: Int = 1) -> SimulatedStore {
        let others = (0..<otherCount).map { "log-\($0 + 100_000)" }
        return SimulatedStore(KeyList(others + (0..<backupCount).map { "z\($0).db" }))
    }

    private func layoutName(in store: SimulatedStore) async throws -> String? {
        try await store.run { [choice] folder in
            do {
                return try await choice.place(in: "", path: [], of: folder.store).layout.name
            } catch LayoutError.nothing {
                return nil
            }
        }
    }

    @Test func `names are read page by page until one shows the layout`() async throws {
        let store = bucket(2500, backupCount: 3000)
        #expect(try await layoutName(in: store) == "plain")
        // Three pages, and two landmarks that may come behind the first.
        #expect(store.requestCount == 3 + 2)
    }

    @Test func `of very many other names only the first are read`() async throws {
        let store = bucket(LayoutChoice.recognisingNameCount)
        #expect(try await layoutName(in: store) == nil)
        #expect(store.requestCount == 10 + 2)
    }

    @Test(arguments: [(0, 1, 1, true), (10, 990, 990, true), (10, 5000, 990, false), (5000, 1, 0, false)])
    func `what a place has is said by one page`(
        otherCount: Int,
        backupCount: Int,
        found: Int,
        isComplete: Bool
    ) async throws {
        let store = bucket(otherCount, backupCount: backupCount)
        let place = PlacedLayout(PlainLayout(encodings: []), folder: "")
        let overview = try await store.run { folder in
            try await StoreSource(location: "a bucket", shortName: "s3", store: folder.store, place: place).overview()
        }
        guard case .unnamed("plain", false, let listing) = overview else {
            Issue.record("\(overview)")
            return
        }
        #expect(listing.backups.count == found && listing.isComplete == isComplete)
        #expect(store.requestCount == 1)
    }
}

import Codecs
import Layouts
import Testing

@testable import Backups

/// Backups among very many files with changes, as Gardener leaves them.
@Suite struct DeltaListingTests {
    private let place: PlacedLayout

    init() throws {
        let choice = try LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings), named: "gardener")
        place = PlacedLayout(try #require(choice.layouts.first), folder: "v2/")
    }

    private static func digits(_ number: Int) -> String { String(String(number + 100_000_000).dropFirst()) }

    private func names(backupCount: Int, deltasEach: Int) -> [String] {
        (1...backupCount).flatMap { number in
            let last = number * 10_000
            let full = "v2/Full-00000000-\(Self.digits(last))-\(1_700_000_000 + last)"
            return [full]
                + (1...max(deltasEach, 1)).map {
                    "v2/Incr-\(Self.digits(last + $0))-\(Self.digits(last + $0))-\(1_700_000_000 + last + $0)"
                }
        }
    }

    private func newest(in store: SimulatedStore) async throws -> BackupListing {
        try await store.run { [place] folder in
            let source = StoreSource(location: "a bucket", shortName: "s3", store: folder.store, place: place)
            return try await source.backups(of: nil, .newest(1))
        }
    }

    @Test func `the newest is found without the names of all changes, and how far these reach`() async throws {
        let store = SimulatedStore(KeyList(names(backupCount: 30, deltasEach: 3000)))
        let listing = try await newest(in: store)
        #expect(listing.backups.last?.revision == Revision(300_000))
        #expect(listing.deltas.compactMap(\.lastRevision).max() == Revision(303_000))
        #expect(listing.backups.count == 30 && !listing.isComplete)
        #expect(store.requestCount <= 5)
    }

    @Test func `those from before 0.13 lie in folders, and are found there`() async throws {
        let names = ["Full-00000000-00000009-1700000000", "Incr-00000010-00000012-1700000020"]
            .map { "v2/Backup-1700000000/" + $0 }
        let listing = try await newest(in: SimulatedStore(KeyList(names)))
        #expect(listing.backups.map(\.revision) == [Revision(9)])
        #expect(listing.deltas.map(\.lastRevision) == [Revision(12)] && listing.isComplete)
    }
}

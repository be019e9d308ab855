import Testing

@testable import Backups

/// What the search and the listing in parallel say, beside what a look at every name says.
struct ListingFuzzTests {
    private static let seedCount: UInt64 = 2000

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `the newest of a random folder are those that a look at every name finds`(part: UInt64) async throws {
        for seed in part * Self.seedCount / 8..<(part + 1) * Self.seedCount / 8 {
            // Each set is much work: others have their turn in between.
            await Task.yield()
            let folder = RandomFolder(seed: seed)
            let store = SimulatedStore(folder.keys, folder.habits)
            let listing = try await store.run { [folder] in
                try await $0.newest(folder.count, accepts: folder.isAccepted)
            }

            let accepted = listing.backups.filter { folder.isAccepted($0.version) }
            let newest = accepted.suffix(folder.newest.count)
            #expect(sorted(newest.map(\.name)) == sorted(folder.newest), "seed \(seed)")
            if listing.isComplete {
                #expect(sorted(listing.backups.map(\.name)) == sorted(folder.backups.map(\.name)), "seed \(seed)")
                #expect(sorted(listing.ignored) == sorted(folder.ignored), "seed \(seed)")
            } else {
                #expect(
                    accepted.count == folder.newest.count && accepted.count == listing.backups.count,
                    "seed \(seed)"
                )
                #expect(isSubset(listing.ignored, of: folder.ignored), "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a random folder is listed wholly, each name once`(part: UInt64) async throws {
        for seed in part * Self.seedCount / 8..<(part + 1) * Self.seedCount / 8 {
            // Each set is much work: others have their turn in between.
            await Task.yield()
            let folder = RandomFolder(seed: seed)
            let listing = try await SimulatedStore(folder.keys, folder.habits).run { try await $0.all() }
            #expect(listing.isComplete)
            #expect(sorted(listing.backups.map(\.name)) == sorted(folder.backups.map(\.name)), "seed \(seed)")
            #expect(sorted(listing.ignored) == sorted(folder.ignored), "seed \(seed)")

            let summary = try await SimulatedStore(folder.keys, folder.habits).run { try await $0.summary() }
            #expect(summary.backupCount == folder.backups.count, "seed \(seed)")
            #expect(summary.newest?.name == folder.backups.last?.name, "seed \(seed)")
        }
    }

    /// By their bytes.
    private func sorted(_ names: [IgnoredName]) -> [[UInt8]] { sorted(names.map(\.name)) }

    private func sorted(_ names: [String]) -> [[UInt8]] {
        names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func isSubset(_ names: [IgnoredName], of all: [String]) -> Bool {
        let bytes = sorted(names)
        return Set(bytes).count == bytes.count && Set(bytes).isSubset(of: sorted(all))
    }
}

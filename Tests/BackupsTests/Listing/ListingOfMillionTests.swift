import TestSupport
import Testing

@testable import Backups

/// What it costs to find the newest among very many.
struct ListingOfMillionTests {
    /// How revisions rise from one backup to the next.
    enum Gaps: CaseIterable, Sendable {
        case even
        case random
        case clustered
        case logarithmic
    }

    /// How versions follow each other: one after the other as a cluster is upgraded, or all at the same time.
    enum Order: CaseIterable, Sendable {
        case rising
        case interleaved
    }

    static func revisions(_ count: Int, _ gaps: Gaps, seed: UInt64) -> [Int64] {
        var generator = SeededGenerator(seed: seed)
        var revision: Int64 = 1
        return (0..<count).map { index in
            switch gaps {
            case .even: revision += 1000
            case .random: revision += Int64.random(in: 1...5000, using: &generator)
            case .clustered:
                revision += index.isMultiple(of: 5000) ? 20_000_000 : Int64.random(in: 1...20, using: &generator)
            case .logarithmic: revision += 1 + revision / 40_000
            }
            return revision
        }
    }

    static func series(_ count: Int, versions: Int, _ gaps: Gaps, _ order: Order, seed: UInt64 = 1) -> BackupSeries {
        let all = revisions(count, gaps, seed: seed)
        var series: [String: [Int64]] = [:]
        for version in 0..<versions {
            let versionText = "3.\(version / 10).\(version % 10)"
            switch order {
            case .rising:
                series[versionText] = Array(all[(count / versions * version)..<(count / versions * (version + 1))])
            case .interleaved: series[versionText] = stride(from: version, to: count, by: versions).map { all[$0] }
            }
        }
        return BackupSeries(series)
    }

    @Test(arguments: Gaps.allCases, [1, 20])
    func `the newest of a million is found with 80 requests in 8 round trips`(gaps: Gaps, versions: Int) async throws {
        for order in versions == 1 ? [.rising] : Order.allCases {
            let names = Self.series(1_000_000, versions: versions, gaps, order)
            for count in [1, 10] {
                let store = SimulatedStore(names)
                let listing = try await store.run { try await $0.newest(count) { _ in true } }
                #expect(listing.backups.map(\.revision?.value).suffix(count) == Array(names.highest(count)))
                #expect(!listing.isComplete)
                #expect(store.requestCount <= 80, "\(order), the newest \(count)")
                #expect(store.roundTripCount <= 8, "\(order), the newest \(count)")
            }
        }
    }
}

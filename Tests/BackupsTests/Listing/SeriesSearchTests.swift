import Foundation
import Layouts
import Testing

@testable import Backups

/// The newest of k3s's snapshots among very many.
@Suite("Names in timed series")
struct SeriesSearchTests {
    /// When the last was written: not just now.
    private static let now = Int64(Date().timeIntervalSince1970) - 3600

    /// `count` names of each node, one each minute up to now, in a bucket that is read in virtual time.
    private func search(
        _ nodes: [String],
        count: Int,
        step: Int64 = 60,
        others: [String] = [],
        wanted: Int = 6,
        _ habits: SimulatedStore.Habits = SimulatedStore.Habits()
    ) async throws -> (BackupListing, requestCount: Int) {
        let names = nodes.flatMap { node in
            (0..<count).map { "prod/etcd-snapshot-\(node)-\(Self.now - Int64($0) * step)\($0 % 3 == 0 ? ".zip" : "")" }
        }
        let store = SimulatedStore(KeyList(names + others.map { "prod/" + $0 }), habits)
        let place = PlacedLayout(try #require(LayoutRegistry.all([]).first { $0.name == "k3s" }), folder: "prod/")
        let listing = try await store.run { simulated in
            try await StoreSource(location: "a bucket", shortName: "s3", store: simulated.store, place: place)
                .backups(of: nil, .newest(wanted))
        }
        return (listing, store.requestCount)
    }

    private func newest(_ listing: BackupListing, of node: String, _ count: Int) -> [Int64] {
        listing.backups.filter { $0.node == node }.compactMap { $0.modified.map { Int64($0.timeIntervalSince1970) } }
            .sorted(by: >).prefix(count).map { $0 }
    }

    @Test("are searched from the end of each series, in a few requests")
    func newest() async throws {
        let nodes = ["node-1", "node-2", "node-3"]
        let (listing, requestCount) = try await search(nodes, count: 30_000)
        #expect(requestCount <= 12 && !listing.isComplete)
        for node in nodes {
            #expect(newest(listing, of: node, 6) == (0..<6).map { Self.now - $0 * 60 }, "\(node)")
        }
        #expect(listing.backups.last?.modified == Date(timeIntervalSince1970: Double(Self.now)))
    }

    @Test("are found where nothing was written for long")
    func stale() async throws {
        let (listing, requestCount) = try await search(["a", "b"], count: 30_000, step: 1)
        #expect(requestCount <= 30)
        for node in ["a", "b"] { #expect(newest(listing, of: node, 6) == (0..<6).map { Self.now - $0 }) }
    }

    @Test("are found however unevenly they stand, and however many are wanted", arguments: [6, 2500])
    func uneven(wanted: Int) async throws {
        // A burst long ago, and since then one in an hour.
        let burst = (0..<Int64(20_000)).map { "etcd-snapshot-n-\(Self.now - 50_000_000 + $0)" }
        let (listing, requestCount) = try await search(
            ["n", "o"],
            count: 3000,
            step: 3600,
            others: burst,
            wanted: wanted
        )
        #expect(requestCount < 40)
        let expected = (0..<Int64(wanted)).map { Self.now - $0 * 3600 }
        for node in ["n", "o"] { #expect(newest(listing, of: node, wanted) == expected) }
    }

    @Test("are found among names with times that no clock shows, and more may be wanted than there are")
    func impossibleTimes() async throws {
        let last = Self.now
        let odd =
            ["etcd-snapshot-a-9223372036854775806", "etcd-snapshot-a-99999999999999999", "job-100000000"]
            + (0..<2500).map { "etcd-snapshot-a-\(last)0000000\(1000 + $0)" }
            + (0..<2500).map { "job-2024050108150012\(1000 + $0)" }
        for wanted in [6, 1_000_000_000_000] {
            let (listing, _) = try await search(["a", "b"], count: 3000, others: odd, wanted: wanted)
            for node in ["a", "b"] {
                #expect(newest(listing, of: node, 6) == (0..<6).map { last - $0 * 60 }, "\(node)")
            }
        }
    }

    @Test("are all there where they are few, with the names between them")
    func few() async throws {
        let (listing, requestCount) = try await search(["a", "b"], count: 400, others: ["notes.txt", "x.part"])
        #expect(listing.isComplete && listing.backups.count == 800 && listing.ignored.count == 2 && requestCount == 1)
    }

    @Test("with nodes that are called as the beginning of others are told apart")
    func prefixes() async throws {
        let nodes = ["node", "node-1", "node-17"]
        let (listing, _) = try await search(nodes, count: 5000)
        for node in nodes { #expect(newest(listing, of: node, 3) == (0..<3).map { Self.now - $0 * 60 }, "\(node)") }
    }

    @Test("are read in full where a server does not sort them, or short pages give few at a time")
    func odd() async throws {
        var habits = SimulatedStore.Habits()
        habits.isUnsorted = true
        #expect(try await search(["a"], count: 3000, habits).0.backups.count == 3000)
        habits = SimulatedStore.Habits()
        habits.pageLimit = 7
        let (listing, _) = try await search(["a", "b"], count: 2000, habits)
        for node in ["a", "b"] { #expect(newest(listing, of: node, 6) == (0..<6).map { Self.now - $0 * 60 }) }
    }
}

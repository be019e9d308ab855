import Synchronization
import Testing

@testable import Backups

/// One thing each that a folder or a server can hold against the search.
struct ListingTrapTests {
    private func names(_ listing: BackupListing) -> [String] { listing.backups.map { "v1/foo/" + $0.name } }

    private func newest(
        _ keys: any SimulatedNames,
        _ count: Int = 1,
        habits: SimulatedStore.Habits = SimulatedStore.Habits()
    ) async throws -> BackupListing {
        try await SimulatedStore(keys, habits).run { try await $0.newest(count) { _ in true } }
    }

    /// Backups of one version, and the same of an older one, more than fit a page.
    private func backups(_ revisions: some Sequence<Int64>) -> [String] {
        revisions.flatMap { [backupKey("3.4.1", $0), backupKey("3.3.9", $0 / 2)] }
    }

    @Test func `a folder that fits a page costs one round trip and is known wholly`() async throws {
        let store = SimulatedStore(KeyList(backups(1...400) + ["v1/foo/~"]))
        let listing = try await store.run { try await $0.newest(1) { _ in true } }
        #expect((store.requestCount, store.roundTripCount) == (2, 1))
        #expect(listing.isComplete)
        #expect(listing.backups.count == 601)
        #expect(listing.ignored.map(\.name) == ["~"])
    }

    @Test func `a folder that is not there has no backups`() async throws {
        let listing = try await newest(KeyList(["v1/fo", "v1/foo0"]))
        #expect(listing.isComplete && listing.backups.isEmpty && listing.ignored.isEmpty)
    }

    @Test func `what is unfinished is told of where all is read`() async throws {
        let keys = KeyList(backups(1...3) + ["v1/foo/tmp/3.4.1_1"])
        #expect(try await newest(keys).ignored == [IgnoredName(name: "tmp/3.4.1_1", reason: "it is unfinished")])
        let all = try await SimulatedStore(keys).run { try await $0.all() }
        #expect(all.ignored == [IgnoredName(name: "tmp/3.4.1_1", reason: "it is unfinished")])
    }

    @Test(arguments: [
        "!x", "#", "3.4.1", "3.4.1_", "3.4.1_zzz", "~", "", "/", "v", "3.4.1_ffffffffffffffff_etcd.backup",
    ])
    func `thousands of names that are no backups hide none`(name: String) async throws {
        let junk = (0..<3000).map { "v1/foo/\(name)\($0)" } + ["v1/foo/\(name)"]
        let keys = KeyList(backups(1...2000) + junk)
        #expect(names(try await newest(keys)) == [backupKey("3.4.1", 2000)])
        let all = try await SimulatedStore(keys).run { try await $0.all() }
        #expect(all.backups.count == 3000 + 1)
    }

    @Test(arguments: ["_etcd.backup.part", ".part", "A", "_etcd.backua"])
    func `names above the newest that are no backups hide none`(ending: String) async throws {
        let junk = (5000..<9000).map { backupKey("3.4.1", $0, ending: ending) }
        let packed = (0..<4000).map { backupKey("3.4.1", 7000, ending: "\(ending)\($0)") }
        let keys = KeyList(backups(1...2000) + junk + packed)
        #expect(names(try await newest(keys)) == [backupKey("3.4.1", 2000)])
    }

    @Test func `revisions go up to the highest that there is`() async throws {
        let keys = KeyList(backups((0..<2000).map { .max - $0 * 3 }))
        #expect(names(try await newest(keys, 2)) == [backupKey("3.4.1", .max - 3), backupKey("3.4.1", .max)])
    }

    @Test(arguments: [0, 7, .max] as [Int64])
    func `all versions that share the highest revision are found`(revision: Int64) async throws {
        let versionTexts = (0..<1500).map { "3.\($0 / 100).\($0 % 100)" } + ["v3.1.1", "3.1"]
        let listing = try await newest(KeyList(versionTexts.map { backupKey($0, revision) }))
        #expect(listing.backups.count == versionTexts.count)
    }

    @Test func `two versionTexts of the newest are both found`() async throws {
        let keys = backups(1...2000) + ["3.1", "v3.1", "3.1.0"].map { backupKey($0, 2000) }
        #expect(try await newest(KeyList(keys)).backups.count == 4)
    }

    @Test func `one version with a million and twenty with one each`() async throws {
        var series = ["3.1.7": (1...1_000_000).map { Int64($0) * 37 }]
        for version in 0..<20 { series["3.4.\(version)"] = [Int64(version)] }
        let store = SimulatedStore(BackupSeries(series))
        let listing = try await store.run { try await $0.newest(1) { _ in true } }
        #expect(names(listing) == [backupKey("3.1.7", 37_000_000)])
        #expect(store.requestCount <= 80)
        #expect(store.roundTripCount <= 8)
    }

    @Test func `versions that are not accepted are passed over`() async throws {
        let store = SimulatedStore(KeyList(backups(1...4000)))
        let listing = try await store.run { try await $0.newest(1) { $0?.minor == 3 } }
        #expect(names(listing) == [backupKey("3.3.9", 2000)])
    }

    @Test(arguments: SimulatedStore.Delimiters.allCases)
    func `versions are found whatever a server folds at`(delimiters: SimulatedStore.Delimiters) async throws {
        let keys = (0..<30).flatMap { version in
            (1...200).map { backupKey("3.\(version).0", Int64($0 * (version + 1))) }
        }
        let listing = try await newest(KeyList(keys), habits: .init(delimiters: delimiters))
        #expect(names(listing) == [backupKey("3.29.0", 6000)])
    }

    @Test func `where a server ignores start-after, the whole list is read`() async throws {
        let listing = try await newest(KeyList(backups(1...3000)), habits: .init(ignoresStartAfter: true))
        #expect(listing.isComplete)
        #expect(listing.backups.count == 4501)
    }

    @Test func `where a server lists in no order, the whole list is read`() async throws {
        let keys = KeyList(backups(1...3000))
        #expect(try await newest(keys, habits: .init(isUnsorted: true)).backups.count == 4501)
        let summary = try await SimulatedStore(keys, .init(isUnsorted: true)).run { try await $0.summary() }
        #expect(summary.backupCount == 4501)
        #expect(summary.newest?.revision == Revision(3000))
    }

    @Test func `where a server repeats names on the next page, each is listed once`() async throws {
        let habits = SimulatedStore.Habits(ignoresStartAfter: true, repeatCount: 3)
        let keys = KeyList(backups(1...3000) + (0..<2500).map { "v1/foo/~\($0)" })
        let listing = try await SimulatedStore(keys, habits).run { try await $0.all() }
        #expect(listing.backups.count == 4501 && listing.ignored.count == 2500)
    }

    @Test func `a local store is listed and not searched`() async throws {
        let store = SimulatedStore(KeyList(backups(1...900)), traits: .local)
        let listing = try await store.run { try await $0.newest(1) { _ in true } }
        #expect(listing.isComplete)
        #expect(listing.backups.count == 1351)
        #expect(store.requestCount == 2)
    }

    @Test func `a large folder is read in parallel, with few pages more than it has`() async throws {
        let names = ListingOfMillionTests.series(60_000, versions: 3, .random, .rising)
        let store = SimulatedStore(names)
        let summary = try await store.run { try await $0.summary() }
        #expect(summary.backupCount == names.count)
        #expect(summary.newest?.revision?.value == names.highest(1).last)
        #expect(store.requestCount < 120)
        #expect(store.roundTripCount < 30)
    }

    // MARK: - Ends

    private enum Call: CaseIterable, Sendable {
        case newest
        case all
        case summary

        func run(_ folder: ClusterFolder) async throws {
            switch self {
            case .newest: _ = try await folder.newest(1) { _ in true }
            case .all: _ = try await folder.all()
            case .summary: _ = try await folder.summary()
            }
        }
    }

    @Test(arguments: 1...12)
    func `an error of any request is what comes of it`(request: Int) async throws {
        for call in Call.allCases {
            let store = SimulatedStore(KeyList(backups(1...9000)), .init(failingRequest: request))
            await #expect(throws: StoreError.failed("v1/foo/", reason: "it was made to fail")) {
                try await store.run { try await call.run($0) }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 9])
    func `a cancelled task ends soon`(request: Int) async throws {
        for call in Call.allCases {
            let running = Mutex<Task<Void, any Error>?>(nil)
            let store = SimulatedStore(KeyList(backups(1...9000))) { number in
                if number == request { running.withLock { $0?.cancel() } }
            }
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in starts { break }
                try await store.run { try await call.run($0) }
            }
            running.withLock { $0 = task }
            start.yield()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(store.requestCount <= request + 16)
        }
    }
}

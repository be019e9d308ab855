import Foundation
import Layouts
import Synchronization
import Testing

@testable import Backups

/// A server's listing without the server, with what servers are known to do differently.
final class SimulatedStore: Store {
    /// What the server does differently.
    struct Habits: Sendable {
        /// Pages have at most so many names, whatever is asked for.
        var pageLimit = 1000
        var delimiters = Delimiters.all
        /// Folders are told before all keys and not among them.
        var tellsFoldersFirst = false
        /// A group that is folded is told where the page begins within it.
        var showsGroupAtStart = false
        var ignoresStartAfter = false
        /// Nothing is in order, and `start-after` leaves out what comes before it nonetheless.
        var isUnsorted = false
        /// A page begins with so many names of the page before.
        var repeatCount = 0
        /// The request that fails, counted from 1.
        var failingRequest: Int?
    }

    enum Delimiters: Sendable, CaseIterable {
        case all
        /// Only `/` is known, and others do nothing.
        case slashOnly
        /// All others do what `/` does.
        case allAreSlash
    }

    private struct State {
        var requestCount = 0
        var roundTripCount = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let traits: StoreTraits
    private let names: any SimulatedNames
    private let habits: Habits
    private let onRequest: @Sendable (Int) -> Void
    private let state = Mutex(State())

    init(
        _ names: any SimulatedNames,
        _ habits: Habits = Habits(),
        traits: StoreTraits = .remote(parallelCalls: 16),
        onRequest: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.names = names
        self.habits = habits
        self.traits = traits
        self.onRequest = onRequest
    }

    var requestCount: Int { state.withLock { $0.requestCount } }
    var roundTripCount: Int { state.withLock { $0.roundTripCount } }

    /// Runs what lists a cluster's folder of this store, in virtual time.
    func run<Result: Sendable>(
        _ body: @Sendable (ClusterFolder) async throws -> Result
    ) async throws -> Result {
        let place = PlacedLayout(OperatorLayout(), folder: "v1/")
        let folder = try #require(place.backupFolder(of: ClusterName("foo"), in: self))
        return try await withTaskExecutorPreference(VirtualTime { self.answer() }) { try await body(folder) }
    }

    private func answer() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            if !state.waiting.isEmpty { state.roundTripCount += 1 }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func list(_ request: ListRequest) async throws -> ListPage {
        let number = state.withLock { state in
            state.requestCount += 1
            return state.requestCount
        }
        onRequest(number)
        await withCheckedContinuation { continuation in state.withLock { $0.waiting.append(continuation) } }
        try Task.checkCancellation()
        if number == habits.failingRequest { throw StoreError.failed(request.prefix, reason: "it was made to fail") }
        return habits.tellsFoldersFirst || habits.isUnsorted ? pageOfSmallList(request) : page(request)
    }

    func stat(_ key: String) async throws -> StoreEntry { throw StoreError.notFound(key) }

    func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        throw StoreError.notFound(entry.key)
    }

    // MARK: - Pages

    /// An item of a listing: a key, or what several are folded into.
    private enum Item {
        case key(String)
        case group(String)

        var text: String {
            switch self {
            case .key(let text), .group(let text): text
            }
        }
    }

    private func page(_ request: ListRequest) -> ListPage {
        let limit = max(1, min(request.limit ?? 1000, 1000, habits.pageLimit))
        var index = names.index(of: request.prefix)
        switch request.start {
        case .after(let text) where !habits.ignoresStartAfter:
            index = max(index, names.index(after: text))
            if !habits.showsGroupAtStart, let group = group(of: text, request) {
                index = max(index, names.index(of: Self.pastAll(group)))
            }
        case .mark(let mark): index = Int(mark) ?? 0
        case .beginning, .after: break
        }
        var page = ListPage()
        while let item = item(at: &index, request) {
            guard page.entries.count + page.prefixes.count < limit else {
                page.next = .mark("\(max(0, names.index(of: item.text) - habits.repeatCount))")
                break
            }
            append(item, to: &page)
        }
        return page
    }

    /// A page of a list that is made anew for each request.
    private func pageOfSmallList(_ request: ListRequest) -> ListPage {
        let limit = max(1, min(request.limit ?? 1000, 1000, habits.pageLimit))
        var (start, offset) = ("", 0)
        switch request.start {
        case .after(let text): start = habits.ignoresStartAfter ? "" : text
        case .mark(let mark):
            let sign = mark.firstIndex(of: " ") ?? mark.startIndex
            offset = Int(mark[..<sign]) ?? 0
            start = String(mark[mark.index(after: sign)...])
        case .beginning: break
        }
        var items: [Item] = []
        var index = max(names.index(of: request.prefix), names.index(after: start))
        while let item = item(at: &index, request) { items.append(item) }
        if habits.tellsFoldersFirst {
            items =
                items.filter { if case .group = $0 { true } else { false } }
                + items.filter { if case .key = $0 { true } else { false } }
        }
        if habits.isUnsorted {
            items.sort { $0.text.utf8.reversed().lexicographicallyPrecedes($1.text.utf8.reversed()) }
        }
        var page = ListPage()
        for item in items.dropFirst(offset).prefix(limit) { append(item, to: &page) }
        if offset + limit < items.count { page.next = .mark("\(offset + limit) \(start)") }
        return page
    }

    private func item(at index: inout Int, _ request: ListRequest) -> Item? {
        guard index < names.count else { return nil }
        let key = names.key(at: index)
        guard key.utf8.starts(with: request.prefix.utf8) else { return nil }
        guard let group = group(of: key, request) else {
            index += 1
            return .key(key)
        }
        index = names.index(of: Self.pastAll(group))
        return .group(group)
    }

    private func append(_ item: Item, to page: inout ListPage) {
        switch item {
        case .group(let group): page.prefixes.append(group)
        case .key(let key):
            page.entries.append(StoreEntry(key: key, byteCount: 1, modified: Date(timeIntervalSince1970: 0), etag: ""))
        }
    }

    /// What a key is folded into.
    private func group(of key: String, _ request: ListRequest) -> String? {
        guard var delimiter = request.delimiter, key.utf8.starts(with: request.prefix.utf8) else { return nil }
        if delimiter != "/" {
            switch habits.delimiters {
            case .all: break
            case .slashOnly: return nil
            case .allAreSlash: delimiter = "/"
            }
        }
        let bytes = Array(key.utf8)
        guard let sign = delimiter.utf8.first,
            let end = bytes[request.prefix.utf8.count...].firstIndex(of: sign)
        else { return nil }
        return String(decoding: bytes[...end], as: UTF8.self)
    }

    /// What follows all that begins with a group's text, in ASCII.
    private static func pastAll(_ group: String) -> String {
        var bytes = Array(group.utf8)
        bytes[bytes.count - 1] += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}

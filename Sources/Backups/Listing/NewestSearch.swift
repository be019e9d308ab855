/// Finds the backups with the highest numbers in a few of a listing's pages.
///
/// Names sort by group and then by number (`SortedNames`). So a page that begins after a key and ends with another has
/// all that stands between them, and what no page has shown yet is, for each group, a few ranges of numbers. Each round
/// asks for some pages at once, and then takes what they showed from these ranges. The search ends when there are
/// enough backups and no range reaches up to the lowest number of them: whatever is in the ranges is older. Where the
/// pages begin is guessed (`SearchPlan`); a bad guess costs a page and never makes the answer a wrong one, for nothing
/// but a page takes anything from a range.
struct NewestSearch {
    private let folder: ClusterFolder
    private let keys: BackupKeys
    private let accepts: @Sendable (EtcdVersion?) -> Bool

    /// The keys that pages have shown.
    private var coverage = KeyIntervalSet()
    private var discovery: GroupDiscovery
    private var plan: SearchPlan
    private var names = ListingAccumulator()
    /// How densely names stand before a key that a page ended with.
    private var densities: [String: KeyDensity] = [:]

    init(
        _ folder: ClusterFolder,
        _ keys: BackupKeys,
        count: Int,
        width: Int,
        accepts: @escaping @Sendable (EtcdVersion?) -> Bool
    ) {
        self.folder = folder
        self.accepts = accepts
        self.keys = keys
        discovery = GroupDiscovery(keys)
        plan = SearchPlan(keys: keys, count: count, width: width)
    }

    /// - Throws: `UnsortedListing`, and what the store throws.
    mutating func run() async throws -> BackupListing {
        let folder = folder
        // The first page may be all there is; the versions are asked for along with it for the case that it is not.
        var requests = [PageRequest(after: "")] + [discovery.firstRequest].compactMap(\.self)
        while !requests.isEmpty {
            try Task.checkCancellation()
            let sortedPages = try await folder.store.traits.inParallel(requests) {
                try await folder.page(after: $0.after, delimiter: $0.delimiter, limit: $0.limit)
            }
            for (request, sortedPage) in zip(requests, sortedPages) { try learn(sortedPage, to: request) }
            requests = nextRequests()
        }
        guard isComplete else {
            let accepted = acceptedBackups
            let lowest = plan.lowestWanted(among: accepted)
            let newest = accepted.filter { backup in lowest.map { keys.number(of: backup) >= $0 } ?? true }
            return BackupListing(
                backups: newest,
                ignored: names.ignored,
                deltas: Array(names.deltas),
                order: folder.layout.order,
                isComplete: false
            )
        }
        let unfinished = try await folder.unfinished(in: names.unfinishedFolder)
        return BackupListing(
            backups: Array(names.backups.values),
            ignored: names.ignored + unfinished,
            deltas: Array(names.deltas),
            order: folder.layout.order
        )
    }

    private var acceptedBackups: [Backup] { names.backups.values.filter { accepts($0.version) } }

    private var isComplete: Bool { coverage.gaps(in: keys.all).isEmpty }

    private mutating func nextRequests() -> [PageRequest] {
        if isComplete { return [] }
        let unknown = discovery.requests
        if !unknown.isEmpty { return unknown }
        return plan.requests(into: unseen, found: acceptedBackups)
    }

    private mutating func learn(_ sortedPage: SortedPage, to request: PageRequest) throws {
        try discovery.learn(sortedPage, to: request)
        let page = keys.withoutDeeperNames(sortedPage.page)
        names.add(try folder.reading(page))
        guard request.delimiter == "/" else { return }
        let end = sortedPage.isLast ? keys.all.through : page.entries.last?.key ?? request.after
        coverage.insert(KeyInterval(after: request.after, through: end))
        if !sortedPage.isLast, let density = keys.density(of: page) { densities[end] = density }
        if !sortedPage.isLast, request.limit == nil { plan.capacity = page.entries.count }
    }

    /// What is unseen of the versions that are accepted.
    private var unseen: [UnseenRange] {
        discovery.groups.filter { accepts($0.value.version) }.keys.flatMap { group in
            coverage.gaps(in: keys.keys(of: group)).compactMap { gap in
                let below = keys.highestNumber(of: group, notAfter: gap.after)
                let high = keys.highestNumber(of: group, notAfter: gap.through)
                guard below < high else { return nil }
                return UnseenRange(
                    group: group,
                    after: gap.after,
                    low: below + 1,
                    high: high,
                    density: densities[gap.after]
                )
            }
        }
    }
}

/// Where a search looks next. All of it is guessed from how densely names stood on the pages so far, and from versions
/// mostly rising along with numbers.
///
/// First the newest is looked for, in one version: in the latest, or in the one that has the newest so far. When that
/// version has nothing above it any more, the others are asked for what they have from there up, and the first to have
/// more is tried next. At last all is read that lies between the newest and the lowest that is wanted.
struct SearchPlan {
    private let keys: BackupKeys
    /// How many backups are wanted.
    private let count: Int
    /// How many pages may be asked for at once.
    private let width: Int
    /// How many names a page of the server has.
    var capacity = 1000
    /// Whether the latest version, which is likely to have the newest, has been looked at.
    private var hasTriedLatest = false
    /// How far below the newest all wanted backups are expected to be.
    private var depth: Double

    init(keys: BackupKeys, count: Int, width: Int) {
        self.keys = keys
        self.count = count
        self.width = max(width, 1)
        depth = Double(count)
    }

    /// The lowest number that is wanted; `nil` where too few are found.
    func lowestWanted(among found: [Backup]) -> Int64? {
        guard count > 0, found.count >= count else { return nil }
        return found.map(keys.number).sorted(by: >)[count - 1]
    }

    /// The next pages; none where nothing unseen can be wanted.
    mutating func requests(into unseen: [UnseenRange], found: [Backup]) -> [PageRequest] {
        guard let newest = found.max(by: { keys.number(of: $0) < keys.number(of: $1) }) else {
            return climb(unseen, from: 0, leader: nil)
        }
        let best = keys.number(of: newest)
        let wanted = lowestWanted(among: found) ?? 0
        let above = unseen.filter { $0.high > best }
        if above.isEmpty { return fill(unseen, found: found, wanted: wanted, best: best) }
        return climb(
            above,
            from: max(wanted, floor(below: best)),
            leader: keys.group(of: keys.folder + newest.name)
        )
    }

    // MARK: - Towards the newest

    /// - Parameters:
    ///   - floor: What lies below it is not wanted, or not yet.
    ///   - leader: The group that has the newest so far.
    private mutating func climb(_ ranges: [UnseenRange], from floor: Int64, leader: String?) -> [PageRequest] {
        let latest = ranges.map(\.group).max { version(of: $0) < version(of: $1) }
        let first = hasTriedLatest ? leader : latest
        hasTriedLatest = true
        let leading = ranges.filter { $0.group == first }
        let others = ranges.filter { $0.group != first }
        var requests: [PageRequest] = []
        if !leading.isEmpty {
            let rise = max(leading.compactMap(\.density).map(\.numbersPerName).min() ?? 1, 1)
            depth = max(Double(count - 1) * 1.5 / Double(others.count + 1), Double(capacity) * 0.9) * rise
            requests = spread(leading, above: floor, count: max(width * 3 / 4, 1)) {
                $0.search(above: $1, pages: $2, count: $3)
            }
            // The others wait, for the newest may rise much yet; but not for a last page.
            let pageCount = leading.map { spreading($0).pages(above: floor) }.reduce(0, +)
            if pageCount > 1 { return requests }
        }
        // A version that was read above the floor has more than a page there: names that are no backups.
        let read = others.filter { $0.density != nil && $0.low > floor }
        let unread = others.filter { $0.density == nil || $0.low <= floor }
            .sorted { version(of: $0.group) > version(of: $1.group) }
        requests += unread.prefix(width - requests.count).map { PageRequest(after: spreading($0).start(at: floor)) }
        return requests
            + spread(read, above: floor, count: width - requests.count) {
                $0.search(above: $1, pages: $2, count: $3)
            }
    }

    private func version(of group: String) -> EtcdVersion {
        keys.layout.group(group)?.version ?? EtcdVersion(major: 0, minor: 0)
    }

    // MARK: - Down to the lowest wanted

    private mutating func fill(_ unseen: [UnseenRange], found: [Backup], wanted: Int64, best: Int64) -> [PageRequest] {
        guard let highest = unseen.map(\.high).max(), highest >= wanted else { return [] }
        // All that is above the unseen is known, which shows how densely the backups of all versions stand.
        let known = found.count { keys.number(of: $0) > highest }
        if known > 0 { depth = max(depth, Double(best - highest) * Double(count) / Double(known) * 1.2) }
        while floor(below: best) > max(wanted, highest) { depth *= 3 }
        let floor = max(wanted, floor(below: best))
        return spread(unseen.filter { $0.high >= floor }, above: floor, count: width) {
            $0.read(above: $1, pages: $2, count: $3)
        }
    }

    private func floor(below best: Int64) -> Int64 { depth < Double(best) ? best - Int64(depth) : 0 }

    // MARK: - Several ranges

    /// Some pages for each range, the highest first, more for those that may have more.
    private func spread(
        _ ranges: [UnseenRange],
        above floor: Int64,
        count: Int,
        _ requests: (SearchSpread, Int64, Double, Int) -> [PageRequest]
    ) -> [PageRequest] {
        let spreads = ranges.sorted { $0.high > $1.high }.map(spreading)
        let sizes = spreads.map { $0.pages(above: floor) }
        let all = sizes.reduce(0, +)
        var chosen: [PageRequest] = []
        for (spread, size) in zip(spreads, sizes) where chosen.count < count {
            let share = Int((Double(count) * size / all).rounded(.up))
            chosen += requests(spread, floor, size, min(share, count - chosen.count))
        }
        return chosen
    }

    private func spreading(_ range: UnseenRange) -> SearchSpread {
        SearchSpread(range: range, keys: keys, capacity: capacity)
    }
}

/// Keys that follow each other, read page by page.
struct KeyRangeShard {
    /// All keys in it.
    private(set) var whole: KeyInterval
    /// Those not read yet.
    private(set) var unread: KeyInterval
    /// Where the next page begins; `nil` where nothing is left.
    private(set) var next: ListStart?
    /// How the last page was, where it lay within one group.
    private var stride: (group: String, density: KeyDensity, nameCount: Int)?

    /// How many pages a shard has at least, so that not too many pages reach over an end.
    private static let leastPageCount = 4.0
    /// How many pages are expected ahead at most, where nothing is known of how far revisions go.
    private static let farthestPageCount = 64.0

    init(unread: KeyInterval, next: ListStart) {
        whole = unread
        self.unread = unread
        self.next = next
    }

    mutating func step(over page: ListPage, _ keys: BackupKeys) {
        next = page.next
        stride = nil
        guard let last = page.entries.last?.key else { return }
        unread.after = last
        if unread.isEmpty { next = nil }
        guard let group = keys.group(of: last),
            page.entries.first.flatMap({ keys.group(of: $0.key) }) == group,
            let density = keys.density(of: page)
        else { return }
        stride = (group, density, page.entries.count)
    }

    mutating func end(at key: String) {
        whole.through = key
        unread.through = key
    }

    /// Where it would be divided, and into how many pages before that; `nil` where it is not worth it.
    func division(_ keys: BackupKeys) -> (key: String, pageCount: Double)? {
        guard let (group, density, nameCount) = stride else { return nil }
        let end = keys.keys(of: group).through
        if end.precedesInBytes(unread.through) { return (end, .infinity) }
        let low = max(keys.highestNumber(of: group, notAfter: unread.after), 0)
        let high = keys.highestNumber(of: group, notAfter: unread.through)
        guard low < high else { return nil }
        let pageSpan = max(density.numbersPerName * Double(nameCount), 1)
        let pageCount = min(Double(high - low) / pageSpan / 2, Self.farthestPageCount)
        guard pageCount >= Self.leastPageCount else { return nil }
        let revision = low + max(Int64(pageCount * pageSpan), 1)
        guard revision < high else { return nil }
        return (keys.start(of: group, at: revision), pageCount)
    }
}

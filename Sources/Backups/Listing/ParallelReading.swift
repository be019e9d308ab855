import Text

/// Reads all of a folder, several pages at once.
///
/// The keys are divided into shards that follow each other, and each is read page by page up to its end, so that a
/// name belongs to exactly one shard whatever it looks like. It begins with one; while fewer are read than may be, the
/// one with most before it is divided: behind the group that it is in, or amid the numbers of it.
struct ParallelReading {
    private let folder: ClusterFolder
    private let keys: BackupKeys
    private let width: Int
    private var shards: [Int: KeyRangeShard] = [:]
    private var shardCount = 0
    private var otherNames: Set<ByteText> = []

    init(_ folder: ClusterFolder, _ keys: BackupKeys, width: Int) {
        self.folder = folder
        self.width = width
        self.keys = keys
    }

    /// - Parameter add: Takes the names of a page that belong to the shard it was read for.
    /// - Throws: `UnsortedListing`, and what the store throws.
    mutating func run(_ add: (ListPage) throws -> Void) async throws {
        let (store, prefix) = (folder.store, folder.prefix)
        shards = [0: KeyRangeShard(unread: keys.all, next: .beginning)]
        shardCount = 1
        try await withThrowingTaskGroup(of: (Int, ListPage).self) { group in
            func read(_ index: Int, from start: ListStart) {
                group.addTask {
                    try Task.checkCancellation()
                    return (index, try await store.list(ListRequest(prefix: prefix, delimiter: "/", start: start)))
                }
            }
            read(0, from: .beginning)
            while let (index, page) = try await group.next() {
                let own = try take(page, of: index)
                try add(own)
                if let next = shards[index]?.next { read(index, from: next) }
                while shards.count < width, let new = divide() { read(new.index, from: new.start) }
            }
        }
    }

    /// What of a page belongs to the shard that it was read for, which is over where the page reaches its end.
    private mutating func take(_ page: ListPage, of index: Int) throws -> ListPage {
        guard var shard = shards[index] else { return ListPage() }
        try page.checkKeys(after: shard.unread.after)
        var own = page
        let whole = shard.whole
        own.entries.removeAll { !whole.contains($0.key) }
        own.prefixes.removeAll { !whole.contains($0) || !otherNames.insert(ByteText($0)).inserted }
        own.unusable.removeAll { !otherNames.insert(ByteText($0.name)).inserted }
        shard.step(over: page, keys)
        shards[index] = shard.next == nil ? nil : shard
        return own
    }

    /// Divides the shard that has most before it, where that is worth two.
    private mutating func divide() -> (index: Int, start: ListStart)? {
        let places = shards.compactMap { index, shard in shard.division(keys).map { (index, $0) } }
        guard let (index, place) = places.max(by: { $0.1.pageCount < $1.1.pageCount }) else { return nil }
        guard var lower = shards[index] else { return nil }
        let new = shardCount
        shardCount += 1
        let upper = KeyInterval(after: place.key, through: lower.whole.through)
        shards[new] = KeyRangeShard(unread: upper, next: .after(place.key))
        lower.end(at: place.key)
        shards[index] = lower
        return (new, .after(place.key))
    }
}

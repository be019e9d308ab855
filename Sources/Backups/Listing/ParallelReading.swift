/// Reads all of a folder, several pages at once.
///
/// The keys are divided into stretches that follow each other, and each is read page by page up to its end, so that a
/// name belongs to exactly one stretch whatever it looks like. It begins with one; while fewer are read than may be, the
/// one with most before it is divided: behind the spelling that it is in, or amid the revisions of it.
struct ParallelReading {
    private let folder: ClusterFolder
    private let keys: BackupKeys
    private let width: Int
    private var stretches: [Int: Stretch] = [:]
    private var stretchCount = 0
    private var otherNames = ByteTexts()

    init(_ folder: ClusterFolder, width: Int) {
        self.folder = folder
        self.width = width
        keys = BackupKeys(layout: folder.layout, cluster: folder.cluster)
    }

    /// - Parameter add: Takes the names of a page that belong to the stretch it was read for.
    /// - Throws: `UnsortedListing`, and what the store throws.
    mutating func run(_ add: (ListPage) throws -> Void) async throws {
        let (store, prefix) = (folder.store, folder.prefix)
        stretches = [0: Stretch(unread: keys.all, next: .beginning)]
        stretchCount = 1
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
                if let next = stretches[index]?.next { read(index, from: next) }
                while stretches.count < width, let new = divide() { read(new.index, from: new.start) }
            }
        }
    }

    /// What of a page belongs to the stretch that it was read for, which is over where the page reaches its end.
    private mutating func take(_ page: ListPage, of index: Int) throws -> ListPage {
        guard var stretch = stretches[index] else { return ListPage() }
        try page.checkKeys(after: stretch.unread.after)
        var own = page
        let whole = stretch.whole
        own.entries.removeAll { !whole.contains($0.key) }
        own.prefixes.removeAll { !whole.contains($0) || !otherNames.insert($0) }
        own.unusable.removeAll { !otherNames.insert($0.name) }
        stretch.step(over: page, keys)
        stretches[index] = stretch.next == nil ? nil : stretch
        return own
    }

    /// Divides the stretch that has most before it, where that is worth two.
    private mutating func divide() -> (index: Int, start: ListStart)? {
        let places = stretches.compactMap { index, stretch in stretch.division(keys).map { (index, $0) } }
        guard let (index, place) = places.max(by: { $0.1.pageCount < $1.1.pageCount }) else { return nil }
        guard var lower = stretches[index] else { return nil }
        let new = stretchCount
        stretchCount += 1
        let upper = KeyInterval(after: place.key, through: lower.whole.through)
        stretches[new] = Stretch(unread: upper, next: .after(place.key))
        lower.end(at: place.key)
        stretches[index] = lower
        return (new, .after(place.key))
    }
}

public import FoundationEssentials

/// A cluster's backups, and the names among them that are no backups.
public struct BackupListing: Sendable {
    /// From the oldest to the newest, in `order`.
    public var backups: [Backup]
    /// How they are sorted.
    public var order: BackupOrder
    /// By name.
    public var ignored: [IgnoredName]
    /// Files with changes since the backups before them, in no order.
    public var deltas: [ParsedDelta]
    /// Whether nothing was left unread: else there are more backups, all older, and perhaps more ignored names.
    public var isComplete: Bool
    /// How many there are in all, where the source reports that and can't list.
    public var total: BackupTotal?

    /// - Parameter now: What this machine's clock shows: a time in the future sorts as an unknown one.
    public init(
        backups: [Backup],
        ignored: [IgnoredName],
        deltas: [ParsedDelta] = [],
        order: BackupOrder = .byRevision,
        isComplete: Bool = true,
        total: BackupTotal? = nil,
        now: Date = Date()
    ) {
        self.order = order
        self.deltas = deltas
        self.isComplete = isComplete
        self.total = total
        self.backups = backups
        self.ignored = ignored.sorted { $0.name < $1.name }
        sort(at: now)
    }

    /// The same in another order.
    public func reordered(_ order: BackupOrder?, at now: Date = Date()) -> BackupListing {
        guard let order, order != self.order else { return self }
        var listing = self
        listing.order = order
        listing.sort(at: now)
        return listing
    }

    private mutating func sort(at now: Date) {
        // Places are sorted, not backups, which are large to move about: there can be hundreds of thousands.
        let ranks = backups.map { order.rank(of: $0, at: now) }
        let places = backups.indices.sorted { a, b in
            if ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
            return order.lists(backups[a], before: backups[b], at: now)
        }
        backups.arrange(by: places)
    }
}

/// What a source has of a cluster, as it says itself.
public struct BackupTotal: Sendable, Hashable {
    public var count: Int
    /// About how many bytes they are together.
    public var approximateByteCount: Int64

    public init(count: Int, approximateByteCount: Int64) {
        self.count = count
        self.approximateByteCount = approximateByteCount
    }
}

extension Array {
    /// Puts the element at the n-th of these places into the n-th place, for each, without a second array of them.
    fileprivate mutating func arrange(by places: [Int]) {
        var isDone = [Bool](repeating: false, count: count)
        for start in indices where !isDone[start] {
            let first = self[start]
            var index = start
            while places[index] != start {
                self[index] = self[places[index]]
                isDone[index] = true
                index = places[index]
            }
            self[index] = first
            isDone[index] = true
        }
    }
}

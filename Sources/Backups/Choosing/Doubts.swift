public import FoundationEssentials

/// What makes it doubtful that the newest backup is the one to take, as far as a listing shows it.
public struct Doubts: Sendable {
    /// What the newest one went by.
    public var order: BackupOrder
    /// Its revision and its time disagree with those of another.
    public var rollback: Rollback?
    /// It is far smaller than those before it.
    public var shrinkage: Shrinkage?
    /// An older version of it, which its own tool restores.
    public var versionThatCounts: StoreEntry?
    /// A layout by which there are more backups.
    public var otherLayout: OtherLayout?

    /// None.
    public init() {
        order = .byRevision
    }

    /// - Parameters:
    ///   - newest: The one that is doubted.
    ///   - backups: Those among which it is the newest, in their order.
    public init(about newest: Backup?, among backups: [Backup], by order: BackupOrder, at now: Date = Date()) {
        self.order = order
        rollback = Rollback(among: backups, at: now)
        shrinkage = newest.flatMap { Shrinkage(of: $0, among: backups) }
    }

    /// What programs know them by; they stay the same.
    public var codes: [String] {
        var codes: [String] = []
        if rollback != nil { codes.append(order == .byTime ? "lower-revision-than-before" : "lower-revision-later") }
        if shrinkage != nil { codes.append("smaller-than-before") }
        if versionThatCounts != nil { codes.append("older-version-counts") }
        if otherLayout != nil { codes.append("names-of-other-layout") }
        return codes
    }

    /// Whose revisions show whether the newest goes back: the last few, and ever fewer of those before them, so that
    /// it shows however long a new cluster has written to the same place.
    public static func sample(of backups: [Backup]) -> [Backup] {
        var distances = Array(0..<6)
        while let last = distances.last, last < backups.count { distances.append(last * 2) }
        return distances.filter { $0 < backups.count }.map { backups[backups.count - 1 - $0] }.reversed()
    }
}

/// A backup that has less than half of what those before it have: a new or emptied cluster, or one that was cut off.
public struct Shrinkage: Sendable {
    public var byteCount: Int64
    /// Of those before it, in bytes.
    public var medianByteCount: Int64
    /// How many of those were compared.
    public var comparedCount: Int
    /// The last one before it that is not small, too.
    public var previous: Backup

    private static let maxComparedCount = 5
    private static let minComparedCount = 3

    /// - Parameter backups: In their order. Only those of the same node and encoding compare.
    /// - Returns: `nil` where it is not far smaller, or there are too few to say so.
    init?(of backup: Backup, among backups: [Backup]) {
        guard let byteCount = backup.byteCount,
            let place = backups.lastIndex(where: { $0.isSame(as: backup) })
        else { return nil }
        var before: [Backup] = []
        for other in backups[..<place].reversed() {
            if before.count == Self.maxComparedCount { break }
            if other.node == backup.node, other.encoding == backup.encoding, other.obstacles.isEmpty,
                other.byteCount != nil
            {
                before.append(other)
            }
        }
        guard before.count >= Self.minComparedCount else { return nil }
        let sizes = before.compactMap(\.byteCount).sorted()
        let median = sizes[sizes.count / 2]
        guard byteCount < median / 2, let previous = before.first(where: { $0.byteCount ?? 0 >= median / 2 }) else {
            return nil
        }
        (self.byteCount, medianByteCount, comparedCount, self.previous) = (byteCount, median, before.count, previous)
    }
}

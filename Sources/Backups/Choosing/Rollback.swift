public import FoundationEssentials

/// After a rollback the revision drops, and the highest one is not the latest state any more.
public struct Rollback: Sendable {
    /// The backup with the highest revision.
    public var highest: Backup
    /// The one written last, with a lower revision.
    public var latest: Backup

    /// - Parameter now: A time in the future proves nothing, unless the highest revision has one, too.
    /// - Returns: `nil` where the highest revision was written last, or so shortly before the last one that it proves
    ///   nothing: files that one `cp` wrote, or times of clocks that differ.
    public init?(among backups: [Backup], at now: Date = Date()) {
        // By index: there can be hundreds of thousands, and none is to be copied.
        func revision(_ index: Int) -> Int64 { backups[index].knownRevision?.value ?? -1 }
        guard let highest = backups.indices.max(by: { revision($0) < revision($1) }), revision(highest) >= 0 else {
            return nil
        }
        let countsFuture = backups[highest].isInFuture(at: now)
        func time(_ index: Int) -> Date {
            guard let modified = backups[index].modified, countsFuture || !backups[index].isInFuture(at: now) else {
                return .distantPast
            }
            return modified
        }
        guard let latest = backups.indices.max(by: { time($0) < time($1) }),
            let highestRevision = backups[highest].knownRevision, let latestRevision = backups[latest].knownRevision,
            latestRevision < highestRevision,
            let highestModified = backups[highest].modified, let latestModified = backups[latest].modified,
            latestModified.timeIntervalSince(highestModified) > Age.maxClockSkew
        else { return nil }
        self.highest = backups[highest]
        self.latest = backups[latest]
    }
}

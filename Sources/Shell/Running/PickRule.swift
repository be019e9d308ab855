import Backups

/// How the pick was chosen: what an older one is looked for by.
struct PickRule: Sendable {
    var selection: Selection
    /// Whether it was chosen among what was deleted or replaced.
    var isAmongLost = false

    /// So many of the newest are read at once where the very newest is not enough.
    private static let nextCount = 100

    /// A cluster's backups, as many as it takes: the newest ones first, all where those are not enough.
    ///
    /// - Parameter isEnough: Whether what was read suffices.
    /// - Throws: What the source throws.
    func listing(
        of cluster: ClusterName,
        in source: any BackupSource,
        startingWith count: Int = 1,
        until isEnough: (BackupListing) -> Bool
    ) async throws -> BackupListing {
        if isAmongLost { return try await source.backups(of: cluster, .lost()) }
        func isDone(_ listing: BackupListing) -> Bool {
            listing.isComplete || listing.total != nil || isEnough(listing)
        }
        let scope = selection.scope(count: count)
        let first = try await source.backups(of: cluster, scope)
        if isDone(first) { return first }
        if case .newest = scope, count < Self.nextCount {
            let more = try await source.backups(of: cluster, selection.scope(count: Self.nextCount))
            if isDone(more) { return more }
        }
        return try await source.backups(of: cluster)
    }
}

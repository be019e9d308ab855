import Backups

/// How the pick was chosen: what an older one is looked for by.
struct PickRule: Sendable {
    var selection: Selection
    /// Whether it was chosen among what was deleted or replaced.
    var isAmongNoncurrent = false
    /// Whether nothing else may be taken in its place.
    var isPinned = false

    /// A cluster's backups, as many as it takes: the newest ones first, all where those are not enough.
    ///
    /// - Parameter isEnough: Whether what was read suffices.
    /// - Throws: What the source throws.
    func listing(
        of cluster: ClusterName?,
        in source: any BackupSource,
        startingWith count: Int = 1,
        until isEnough: (BackupListing) -> Bool
    ) async throws -> BackupListing {
        if isAmongNoncurrent { return try await source.backups(of: cluster, .noncurrent()) }
        return try await source.backups(
            of: cluster,
            startingWith: count,
            scope: selection.scope(count:),
            until: isEnough
        )
    }
}

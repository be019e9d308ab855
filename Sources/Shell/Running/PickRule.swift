import Backups

/// How the pick was chosen; an older one is found by the same rule.
struct PickRule: Sendable {
    var selection: Selection
    /// Whether it was chosen among deleted or replaced backups.
    var isAmongNoncurrent = false
    /// Whether nothing else may be taken in its place.
    var isPinned = false

    /// So many of the newest show whether the very newest is doubtful.
    static let newestCount = 6

    /// A cluster's backups: only the newest ones if they are enough, else all.
    ///
    /// - Parameter isEnough: Whether the backups read so far are enough.
    /// - Throws: What the source throws.
    func listing(
        of cluster: ClusterName?,
        in source: any BackupSource,
        startingWith count: Int = Self.newestCount,
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

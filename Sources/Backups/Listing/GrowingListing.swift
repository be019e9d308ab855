/// So many of the newest are read at once where the very newest is not enough.
private let nextCount = 100

extension BackupSource {
    /// A cluster's backups, as many as it takes: the newest ones first, all where those are not enough.
    ///
    /// - Parameters:
    ///   - count: How many of the newest are read first.
    ///   - scope: What is asked for to read so many.
    ///   - isEnough: Whether what was read suffices.
    /// - Throws: A `UserError` where the source can't be read; `CancellationError`.
    public func backups(
        of cluster: ClusterName?,
        startingWith count: Int = 1,
        scope: (Int) -> BackupScope = { .newest($0) },
        until isEnough: (BackupListing) -> Bool
    ) async throws -> BackupListing {
        func isDone(_ listing: BackupListing) -> Bool {
            listing.isComplete || listing.total != nil || isEnough(listing)
        }
        let firstScope = scope(count)
        let first = try await backups(of: cluster, firstScope)
        if isDone(first) { return first }
        if case .newest = firstScope, count < nextCount {
            let more = try await backups(of: cluster, scope(nextCount))
            if isDone(more) { return more }
        }
        return try await backups(of: cluster)
    }
}

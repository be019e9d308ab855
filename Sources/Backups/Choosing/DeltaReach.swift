public import FoundationEssentials

/// How far the changes reach that were written after the newest full snapshot: what a restore of that one alone loses.
public struct DeltaReach: Sendable, Equatable {
    public var revision: Revision
    /// When the last changes were written; `nil` where that is unknown.
    public var time: Date?
    /// How many revisions that is beyond the newest full snapshot.
    public var revisionCount: Int64
    /// How many files of changes reach beyond it.
    public var deltaCount: Int
}

extension BackupListing {
    /// - Returns: `nil` where no delta reaches beyond the newest backup, or where that one's revision is unknown.
    public var deltaReach: DeltaReach? {
        guard !deltas.isEmpty, let newest = backups.compactMap(\.knownRevision).max() else { return nil }
        let beyond = deltas.filter { $0.lastRevision.map { $0 > newest } == true }
        guard let last = beyond.max(by: { $0.lastRevision?.value ?? 0 < $1.lastRevision?.value ?? 0 }),
            let revision = last.lastRevision
        else { return nil }
        return DeltaReach(
            revision: revision,
            time: last.time,
            revisionCount: revision.value - newest.value,
            deltaCount: beyond.count
        )
    }
}

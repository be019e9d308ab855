/// Which backups come first: the one rule for the newest and the oldest.
extension Selection {
    /// The backups that come first, and those that would if they could be used.
    public struct Leading: Sendable {
        /// What decided.
        public var rank: BackupRank
        /// Those of that rank, in the order of the listing; never empty.
        public var backups: [Backup]
        /// Those that would have come first, or beside them, but can't be used; the first that would have been comes
        /// first.
        public var passedOver: [UnusableBackup]
        /// How many others have the rank, where something else showed which one comes first.
        public var twinCount = 0

        /// The last of them in the order of the listing, where no person can decide; `nil` where nothing shows which
        /// one it is.
        public var last: Backup? { rank == .unknown && backups.count > 1 ? nil : backups.last }
    }

    /// - Parameters:
    ///   - backups: Those that are within what narrows the choice, from the oldest to the newest.
    ///   - order: How they are sorted.
    /// - Returns: `nil` where none of them can be used.
    public func leading(among backups: [Backup], by order: BackupOrder) -> Leading? {
        // By places, since a backup is large to copy.
        let ranks = backups.map { rank(of: $0, by: order) }
        let isUsable = backups.map { !isExtreme || $0.obstacles.isEmpty }
        let usable = ranks.indices.filter { isUsable[$0] }
        // What has no rank is neither the newest nor the oldest, unless nothing has one.
        let ranked = usable.map { ranks[$0] }.filter { $0 != .unknown }
        guard let wanted = (choice == .oldest ? ranked.min() : ranked.max()) ?? usable.first.map({ ranks[$0] }) else {
            return nil
        }
        let comesFirst = { (rank: BackupRank) -> Bool in
            if rank == wanted || wanted == .unknown { return true }
            return rank != .unknown && (choice == .oldest ? rank < wanted : rank > wanted)
        }
        let first = ranks.indices.filter { comesFirst(ranks[$0]) }
        let passedOver = first.filter { !isUsable[$0] }.map { backups[$0] }
        var leading = first.filter { isUsable[$0] }.map { backups[$0] }
        let twinCount = leading.count - 1
        if isExtreme, leading.haveOrderedNames, let one = choice == .oldest ? leading.first : leading.last {
            leading = [one]
        }
        return Leading(
            rank: wanted,
            backups: leading,
            passedOver: inOrder(passedOver).map(UnusableBackup.init),
            twinCount: twinCount
        )
    }

    /// What decides over the choice of a backup.
    private func rank(of backup: Backup, by order: BackupOrder) -> BackupRank {
        if isExtreme { return order.rank(of: backup, at: now) }
        return backup.knownRevision.map(BackupRank.revision) ?? .unknown
    }

    /// As they would have been chosen.
    func inOrder(_ backups: [Backup]) -> [Backup] {
        choice == .oldest ? backups : backups.reversed()
    }
}

extension [Backup] {
    /// Whether each name has the time of its backup, and none has a version. Of several with the same time, the last by
    /// name is then the newest.
    fileprivate var haveOrderedNames: Bool { allSatisfy { $0.isTimeNamed && $0.version == nil } }
}

public import FoundationEssentials
import Text

/// Which backup of a cluster is wanted.
public struct Selection: Sendable {
    /// What is asked for, before anything narrows it.
    public enum Choice: Sendable, Equatable {
        /// The highest revision or, where names say none, the last written.
        case newest
        /// The lowest revision or, where names say none, the first written.
        case oldest
        case revision(Revision)
        case name(String)
    }

    /// Which of the backups is asked for.
    public var choice: Choice
    /// Only backups written before this time; one from the future has no time to go by.
    public var before: Date?
    /// Only backups of this etcd version.
    public var version: EtcdVersion?
    /// Only backups that can be restored into this etcd version.
    public var target: EtcdVersion?
    /// What this machine's clock shows.
    public var now: Date

    public init(
        _ choice: Choice,
        before: Date? = nil,
        version: EtcdVersion? = nil,
        target: EtcdVersion? = nil,
        now: Date = Date()
    ) {
        self.choice = choice
        self.before = before
        self.version = version
        self.target = target
        self.now = now
    }

    /// What must be read of a cluster's backups to choose from them.
    ///
    /// - Parameter count: How many of the newest are wanted, where those are enough.
    public func scope(count: Int = 1) -> BackupScope {
        switch choice {
        case .newest where before == nil:
            return .newest(
                count,
                accepts: { [version, target] backupVersion in
                    guard let backupVersion else { return version == nil }
                    return version?.covers(backupVersion) != false
                        && target.map { backupVersion.isRestorable(into: $0) } != false
                },
                target: target
            )
        case .name(let name): return .named(name)
        case .revision(let revision):
            // A version without its patch may be that of several.
            if let version, version.patch != nil { return .exact(version, revision) }
            return .all
        case .newest, .oldest: return .all
        }
    }

    /// What was chosen.
    public struct Chosen: Sendable {
        public var backup: Backup
        /// Why it is the one: `the highest revision of 3 backups`.
        public var reason: String
        /// Those among which it was chosen.
        public var considered: [Backup]
        /// Those that would have been chosen, but can't be used; the first that would have been comes first.
        public var passedOver: [UnusableBackup]
    }

    /// Chooses from a cluster's backups: from all of them, or from those that `scope` asks for. Who names one gets it; the
    /// newest and the oldest are the newest and the oldest of those that can be used.
    ///
    /// - Throws: `SelectionError` where none is meant, or more than one.
    public func select(from listing: BackupListing, of cluster: ClusterName?) throws(SelectionError) -> Chosen {
        try checkThatItCanBeFound(in: listing)
        if listing.backups.isEmpty {
            let count = listing.total?.count ?? 0
            if count == 0 { throw .noBackups(cluster: cluster?.description) }
            if isExtreme { throw .noneOffered(count: count) }
        }
        let named = try matching(listing.backups)
        // Where nothing narrows the choice they are not copied: there can be hundreds of thousands.
        let narrowed = conditions.isEmpty ? named : named.filter(accepts)
        if narrowed.isEmpty {
            if named.count == 1 { throw .excluded(named[0].name, reason: reasonAgainst(named[0])) }
            let futureCount = before == nil ? 0 : named.count { $0.isInFuture(at: now) }
            throw .allExcluded(count: named.count, by: conditions, futureCount: futureCount)
        }
        let isUnusable = { (backup: Backup) in self.isExtreme && !backup.obstacles.isEmpty }
        let rank = { (backup: Backup) -> BackupRank in
            if isExtreme { return listing.order.rank(of: backup, at: now) }
            return backup.knownRevision.map(BackupRank.revision) ?? .unknown
        }
        let ranks = narrowed.lazy.filter { !isUnusable($0) }.map(rank)
        // What has no rank is neither the newest nor the oldest, unless nothing has one.
        let ranked = ranks.filter { $0 != .unknown }
        guard let wanted = (choice == .oldest ? ranked.min() : ranked.max()) ?? ranks.first else {
            throw .noneUsable(inOrder(narrowed).map(UnusableBackup.init))
        }
        let comesFirst = { (rank: BackupRank) -> Bool in
            if rank == wanted || wanted == .unknown { return true }
            return rank != .unknown && (choice == .oldest ? rank < wanted : rank > wanted)
        }
        var chosen: [Backup] = []
        var passedOver: [Backup] = []
        for backup in narrowed where comesFirst(rank(backup)) {
            if isUnusable(backup) { passedOver.append(backup) } else { chosen.append(backup) }
        }
        guard chosen.count == 1 else {
            throw .ambiguous(wanted, names: chosen.map(\.name))
        }
        return Chosen(
            backup: chosen[0],
            reason: reason(
                for: chosen[0],
                among: listing.isComplete ? narrowed.count : nil,
                by: listing.order,
                futureCount: listing.order == .byTime ? narrowed.count { $0.isInFuture(at: now) } : 0,
                hasPassedOver: !passedOver.isEmpty
            ),
            considered: narrowed,
            passedOver: inOrder(passedOver).map(UnusableBackup.init)
        )
    }

    /// The backups that a listing has before one of them and that are within what narrows the choice, the newest first.
    public func older(than backup: Backup, in listing: BackupListing) -> [Backup] {
        listing.backups.filter {
            // Without a time it is not known to be older.
            (listing.order != .byTime || listing.order.rank(of: $0, at: now) != .unknown)
                && listing.order.lists($0, before: backup, at: now) && accepts($0)
        }.reversed()
    }

    /// Whether the newest or the oldest is wanted, and not a certain one.
    private var isExtreme: Bool { choice == .newest || choice == .oldest }

    /// As they would have been chosen.
    private func inOrder(_ backups: [Backup]) -> [Backup] {
        choice == .oldest ? backups : backups.reversed()
    }

    /// - Throws: `SelectionError.unlisted` where only a whole listing could tell, and the source has none.
    private func checkThatItCanBeFound(in listing: BackupListing) throws(SelectionError) {
        guard let total = listing.total, total.count > listing.backups.count else { return }
        switch choice {
        case .newest where before == nil: break
        case .newest: throw .unlisted("one of a certain time", count: total.count)
        case .oldest: throw .unlisted("the lowest revision", count: total.count)
        case .revision where version?.patch == nil:
            throw .unlisted("a revision without the whole version that wrote it", count: total.count)
        case .revision, .name: break
        }
    }

    /// Whether a backup is within what narrows the choice.
    public func accepts(_ backup: Backup) -> Bool { reasonAgainst(backup).isEmpty }

    /// What of it is not as it was wanted; empty where nothing is.
    private func reasonAgainst(_ backup: Backup) -> String {
        var reasons: [String] = []
        if let version {
            if let own = backup.version {
                if !version.covers(own) { reasons.append("it is of etcd \(own), not \(version)") }
            } else {
                reasons.append("its etcd version is unknown")
            }
        }
        if let before {
            if let modified = backup.modified {
                if backup.isInFuture(at: now) {
                    reasons.append(
                        "its time, \(modified.formatted(.iso8601)), is in the future: its clock or this one is wrong"
                    )
                } else if modified >= before {
                    reasons.append("it was written \(modified.formatted(.iso8601))")
                }
            } else {
                reasons.append("its creation time is unknown")
            }
        }
        if let target, let own = backup.version, !own.isRestorable(into: target) {
            reasons.append("etcd \(target) can't restore a backup of etcd \(own)")
        }
        return reasons.joined(separator: ", and ")
    }

    private func matching(_ backups: [Backup]) throws(SelectionError) -> [Backup] {
        switch choice {
        case .newest, .oldest:
            return backups
        case .revision(let revision):
            let named = backups.filter { $0.knownRevision == revision }
            guard named.isEmpty else { return named }
            throw .noSuchRevision(
                revision,
                below: backups.compactMap(\.knownRevision).filter { $0 < revision }.max(),
                above: backups.compactMap(\.knownRevision).filter { $0 > revision }.min(),
                count: backups.count,
                unknownCount: backups.count { $0.knownRevision == nil }
            )
        case .name(let name):
            let named = backups.filter { $0.name == name }
            if named.isEmpty { throw .noSuchName(name) }
            return named
        }
    }

    /// The conditions that a backup must meet, as messages name them: "of etcd 3.1", "written before 2016-11-23T02:00:00Z".
    private var conditions: String { conditions(target: target) }

    private func conditions(target: EtcdVersion?) -> String {
        var conditions: [String] = []
        if let version { conditions.append("of etcd \(version)") }
        if let before { conditions.append("written before \(before.formatted(.iso8601))") }
        if let target { conditions.append("restorable into etcd \(target)") }
        return conditions.joined(separator: ", ")
    }

    /// - Parameter count: `nil` where not all were read.
    private func reason(
        for backup: Backup,
        among count: Int?,
        by order: BackupOrder,
        futureCount: Int,
        hasPassedOver: Bool
    ) -> String {
        // Of an unknown version it is not known either.
        let conditions = conditions(target: backup.version == nil ? nil : target)
        let suffix = conditions.isEmpty ? "" : " " + conditions
        switch choice {
        case .newest, .oldest:
            if count == 1 { return "the only backup\(suffix)" }
            let usable = hasPassedOver ? " usable" : ""
            let all = (count.map { " of \($0) backups" } ?? " of all backups") + suffix
            switch order {
            case .byRevision: return "the \(choice == .newest ? "highest" : "lowest")\(usable) revision" + all
            case .byTime:
                let have = futureCount == 1 ? "has" : "have"
                let future = "; \(futureCount) \(have) a time in the future, which proves nothing"
                return "the \(choice == .newest ? "last" : "first")\(usable)" + all
                    + " by time; their names say no revision" + (futureCount == 0 ? "" : future)
            }
        case .revision: return "the only backup with that revision\(suffix)"
        case .name: return "the backup of that name"
        }
    }
}

/// Why no backup could be chosen.
public enum SelectionError: UserError, Equatable {
    /// There is none of the cluster, or in a source that does not name clusters none at all.
    case noBackups(cluster: String?)
    /// The source says how many it has, and offers none of them.
    case noneOffered(count: Int)
    /// None of the revisions that are known is it; those of `unknownCount` of the backups are not.
    case noSuchRevision(Revision, below: Revision?, above: Revision?, count: Int, unknownCount: Int)
    case noSuchName(String)
    /// The source can't list, and so can't find what is asked for among so many.
    case unlisted(String, count: Int)
    /// Nothing was deleted or replaced, as far as the source keeps that.
    case nothingNoncurrent(cluster: String?)
    /// Of what was deleted or replaced nothing has that version.
    case noSuchVersion(String)
    /// There is such a backup, but it is not within what narrows the choice.
    case excluded(String, reason: String)
    /// There are several, and what narrows the choice leaves none.
    case allExcluded(count: Int, by: String, futureCount: Int = 0)
    /// There are some, and none can be used as it is.
    case noneUsable([UnusableBackup])
    /// Several backups have the revision, or the time, that was chosen.
    case ambiguous(BackupRank, names: [String])

    public var code: String {
        switch self {
        case .noBackups: "selection.no-backups"
        case .noneOffered: "selection.none-offered"
        case .noSuchRevision: "selection.no-such-revision"
        case .noSuchName: "selection.no-such-name"
        case .unlisted: "selection.not-listed"
        case .nothingNoncurrent: "selection.nothing-deleted"
        case .noSuchVersion: "selection.no-such-version"
        case .excluded, .allExcluded: "selection.excluded"
        case .noneUsable: "selection.none-usable"
        case .ambiguous: "selection.ambiguous"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .ambiguous, .unlisted: .failed
        case .noneUsable(let backups):
            backups.contains { $0.obstacles.contains(where: \.isOfContent) } ? .unsound : .notFound
        case .noBackups, .noneOffered, .noSuchRevision, .noSuchName, .nothingNoncurrent, .noSuchVersion, .excluded,
            .allExcluded:
            .notFound
        }
    }

    public var description: String {
        switch self {
        case .noBackups(let cluster):
            return "cannot pick a backup: " + (cluster.map { "cluster '\($0.printable)' has none" } ?? "there is none")
        case .noneOffered(let count):
            return
                "cannot pick a backup: the source reports \(count == 1 ? "1 backup" : "\(count) backups"), but offers none"
        case .noSuchRevision(let revision, let below, let above, let count, let unknownCount):
            let neighbours = [below, above].compactMap { $0?.description }.joined(separator: " and ")
            let nearest = below != nil && above != nil ? "the nearest are" : "the nearest is"
            let knownCount = count - unknownCount
            let unknown = "; \(unknownCount) \(unknownCount == 1 ? "is" : "are") unknown"
            let finding =
                switch (knownCount, unknownCount) {
                case (_, 0): "no backup has it"
                case (0, 1): "the revision of the only backup is unknown"
                case (0, _): "the revisions of all \(unknownCount) backups are unknown"
                case (1, _): "the only revision that could be read is another one" + unknown
                default: "none of the \(knownCount) revisions that could be read is it" + unknown
                }
            return "cannot pick revision \(revision): \(finding)"
                + (neighbours.isEmpty ? "" : "; \(nearest) \(neighbours)")
        case .noSuchName(let name):
            return "cannot pick '\(name.printable)': no backup has that name"
        case .unlisted(let what, let count):
            return "cannot pick \(what): the source lists only the newest of its \(count) backups"
        case .nothingNoncurrent(let cluster):
            let owner = cluster.map { " of cluster '\($0.printable)'" } ?? ""
            return "cannot pick what was deleted or replaced: the source keeps nothing\(owner)"
        case .noSuchVersion(let version):
            return "cannot pick version \(version.printable): nothing that was deleted or replaced has it"
        case .excluded(let name, let reason):
            return "cannot pick \(name): \(reason)"
        case .allExcluded(let count, let conditions, let futureCount):
            return "cannot pick a backup: none of the \(count) is \(conditions)"
                + (futureCount == 0 ? "" : "; \(futureCount) of them have a time in the future, so a clock is wrong")
        case .noneUsable(let backups):
            let count = backups.count == 1 ? "the only one" : "none of the \(backups.count)"
            return "cannot pick a backup: \(count) can\(backups.count == 1 ? "'t" : "") be used: \(backups.sentence)"
        case .ambiguous(let rank, let names):
            let all = names.prefix(4).joined(separator: " and ")
            return switch rank {
            case .revision(let revision): "cannot pick revision \(revision): \(names.count) backups have it, \(all)"
            case .time(let time):
                "cannot pick a backup by its time: \(names.count) were written \(time.formatted(.iso8601)), \(all)"
            case .unknown:
                "cannot pick a backup by its time: that of \(names.count) is unknown or in the future, \(all)"
            }
        }
    }
}

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

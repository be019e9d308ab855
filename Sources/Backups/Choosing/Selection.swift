public import FoundationEssentials
import Text

/// Which backup of a cluster is wanted.
public struct Selection: Sendable {
    /// What is asked for, before anything narrows it.
    public enum Choice: Sendable, Equatable {
        /// The highest revision or the last written, as the order is.
        case newest
        /// The lowest revision or the first written, as the order is.
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
    /// Only backups of this node's etcd.
    public var node: String?
    /// Only backups of this kind; `Selection.anyKind` for all.
    public var kind: String?
    /// What the newest and the oldest go by; `nil` for the listing's own order.
    public var order: BackupOrder?
    /// Only backups that can be restored into this etcd version.
    public var target: EtcdVersion?
    /// What this machine's clock shows.
    public var now: Date

    public init(
        _ choice: Choice,
        before: Date? = nil,
        version: EtcdVersion? = nil,
        node: String? = nil,
        kind: String? = nil,
        by order: BackupOrder? = nil,
        target: EtcdVersion? = nil,
        now: Date = Date()
    ) {
        self.choice = choice
        self.before = before
        self.version = version
        self.node = node
        self.kind = kind
        self.order = order
        self.target = target
        self.now = now
    }

    /// What must be read of a cluster's backups to choose from them.
    ///
    /// - Parameter count: How many of the newest are wanted, where those are enough.
    public func scope(count: Int = 1) -> BackupScope {
        switch choice {
        case .newest where before == nil && order == nil:
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

    /// Chooses from a cluster's backups: from all of them, or from those that `scope` asks for. Who names one gets it;
    /// the newest and the oldest are the newest and the oldest of those that can be used.
    ///
    /// - Throws: `SelectionError` where none is meant, or more than one.
    public func select(from listing: BackupListing, of cluster: ClusterName?) throws(SelectionError) -> Chosen {
        let listing = listing.reordered(order, at: now)
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
            throw .allExcluded(
                count: named.count,
                by: conditions,
                futureCount: futureCount,
                known: knownAlternatives(among: named)
            )
        }
        guard let leading = leading(among: narrowed, by: listing.order) else {
            throw .noneUsable(inOrder(narrowed).map(UnusableBackup.init))
        }
        guard leading.backups.count == 1 else {
            throw .ambiguous(leading.rank, names: leading.backups.map(\.name))
        }
        let backup = leading.backups[0]
        // Without what it goes by, none was considered.
        let count = order == nil ? narrowed.count : narrowed.count { listing.order.rank(of: $0, at: now) != .unknown }
        return Chosen(
            backup: backup,
            reason: reason(
                for: backup,
                among: listing.isComplete ? max(count, 1) : nil,
                by: listing.order,
                futureCount: listing.order == .byTime ? narrowed.count { $0.isInFuture(at: now) } : 0,
                twinCount: leading.twinCount,
                hasPassedOver: !leading.passedOver.isEmpty
            ),
            considered: narrowed,
            passedOver: leading.passedOver
        )
    }

    /// The backups that a listing has before one of them and that are within what narrows the choice, the newest first.
    public func older(than backup: Backup, in listing: BackupListing) -> [Backup] {
        let listing = listing.reordered(order, at: now)
        return listing.backups.filter {
            // Without what the order goes by it is not known to be older.
            listing.order.rank(of: $0, at: now) != .unknown
                && listing.order.lists($0, before: backup, at: now) && accepts($0)
        }.reversed()
    }

    /// Whether the newest or the oldest is wanted, and not a certain one.
    public var isExtreme: Bool { choice == .newest || choice == .oldest }

    /// - Throws: `SelectionError.unlisted` where only a whole listing could show it, and the source has none.
    private func checkThatItCanBeFound(in listing: BackupListing) throws(SelectionError) {
        guard let total = listing.total, total.count > listing.backups.count else { return }
        switch choice {
        case .newest where before == nil && order == nil: break
        case .newest where before == nil: throw .unlisted("by another order than its own", count: total.count)
        case .newest: throw .unlisted("one of a certain time", count: total.count)
        case .oldest: throw .unlisted("the lowest revision", count: total.count)
        case .revision where version?.patch == nil:
            throw .unlisted("a revision without the whole version that wrote it", count: total.count)
        case .revision, .name: break
        }
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
            let named = backups.filter { $0.name.hasSameBytes(as: name) }
            if named.isEmpty { throw .noSuchName(name) }
            return named
        }
    }
}

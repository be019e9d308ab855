import Backups
import FoundationEssentials
import Synchronization
import Text

/// The newest backup that nothing in a listing speaks against, as `pick max` takes it; each newer one is reported once.
final class NewestBackup: Sendable {
    private let source: any BackupSource
    private let cluster: ClusterName?
    private let report: @Sendable (Notice) -> Void
    private let reportedNames = Mutex<Set<ByteText>>([])

    init(_ source: any BackupSource, of cluster: ClusterName?, report: @escaping @Sendable (Notice) -> Void) {
        self.source = source
        self.cluster = cluster
        self.report = report
    }

    /// - Returns: `nil` where there is no backup at all.
    /// - Throws: `NoneServable` where none of them can be used; `NewestUnknown`; what the source throws.
    func find() async throws -> Backup? {
        let listing = try await source.backups(of: cluster) { $0.backups.contains(where: \.obstacles.isEmpty) }
        if listing.backups.isEmpty { return nil }
        return try newest(in: listing, at: Date())
    }

    /// - Returns: `nil` where none of those that were listed can be used, or the newest of several is unknown.
    func find(in listing: BackupListing, at now: Date = Date()) -> Backup? {
        listing.backups.isEmpty ? nil : try? newest(in: listing, at: now)
    }

    /// By the rule of `Selection`; of several with one rank it is the last.
    private func newest(in listing: BackupListing, at now: Date) throws -> Backup {
        guard let leading = Selection(.newest, now: now).leading(among: listing.backups, by: listing.order) else {
            let unusable = listing.backups.reversed().map(UnusableBackup.init)
            reportOnce(unusable, served: nil)
            throw NoneServable(cluster: cluster, backups: unusable)
        }
        guard let backup = leading.last else { throw NewestUnknown(count: leading.backups.count) }
        reportOnce(leading.passedOver, served: backup)
        return backup
    }

    private func reportOnce(_ passedOver: [UnusableBackup], served: Backup?) {
        let new = reportedNames.withLock { names in passedOver.filter { names.insert(ByteText($0.name)).inserted } }
        guard !new.isEmpty else { return }
        let rest = served.map { "it serves \($0.name.printable) instead" } ?? "no other backup is left to serve"
        report(.warning("skipped \(new.sentence); \(rest)"))
    }
}

extension ClusterName? {
    /// The words that name the cluster in a message: ` of cluster 'foo'`. Empty if no cluster is known.
    var phrase: String { map { " of cluster '\($0)'" } ?? "" }
}

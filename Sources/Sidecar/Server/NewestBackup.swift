import Backups
import FoundationEssentials
import Synchronization
import Text

/// The newest backup that nothing in a listing speaks against, as `pick max` takes it; each newer one is reported once.
final class NewestBackup: Sendable {
    private let source: any BackupSource
    private let cluster: ClusterName?
    private let report: @Sendable (Notice) -> Void
    private let reportedNames = Mutex<Set<String>>([])

    init(_ source: any BackupSource, of cluster: ClusterName?, report: @escaping @Sendable (Notice) -> Void) {
        self.source = source
        self.cluster = cluster
        self.report = report
    }

    /// - Returns: `nil` where there is no backup at all.
    /// - Throws: `NoneServable` where none of them can be used; `NewestUnknown`; what the source throws.
    func find() async throws -> Backup? {
        let listing = try await source.backups(of: cluster) { $0.backups.contains(where: \.obstacles.isEmpty) }
        if let backup = find(in: listing) { return backup }
        if listing.backups.isEmpty { return nil }
        let usableCount = listing.backups.count(where: \.obstacles.isEmpty)
        if usableCount > 0 { throw NewestUnknown(count: usableCount) }
        throw NoneServable(cluster: cluster, backups: listing.backups.reversed().map(UnusableBackup.init))
    }

    /// - Returns: `nil` where none of those that were listed can be used, or the newest of several is unknown.
    func find(in listing: BackupListing, at now: Date = Date()) -> Backup? {
        let index = listing.backups.lastIndex(where: \.obstacles.isEmpty)
        if let index, listing.order.rank(of: listing.backups[index], at: now) == .unknown,
            listing.backups[..<index].contains(where: \.obstacles.isEmpty)
        {
            return nil
        }
        let backup = index.map { listing.backups[$0] }
        let passedOver = listing.backups[(index.map { $0 + 1 } ?? 0)...]
        if !passedOver.isEmpty { reportOnce(passedOver.reversed().map(UnusableBackup.init), served: backup) }
        return backup
    }

    private func reportOnce(_ passedOver: [UnusableBackup], served: Backup?) {
        let new = reportedNames.withLock { names in passedOver.filter { names.insert($0.name).inserted } }
        guard !new.isEmpty else { return }
        let rest = served.map { "it serves \($0.name.printable) instead" } ?? "no other backup is left to serve"
        report(.warning("skipped \(new.sentence); \(rest)"))
    }
}

extension ClusterName? {
    /// The words that name the cluster in a message: ` of cluster 'foo'`. Empty if no cluster is known.
    var phrase: String { map { " of cluster '\($0)'" } ?? "" }
}

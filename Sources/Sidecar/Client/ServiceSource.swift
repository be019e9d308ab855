package import Backups
import SidecarAPI
import Synchronization

/// What a cluster's backup service has: one backup at a time, for it can't list.
package struct ServiceSource: BackupSource {
    private let client: ServiceClient
    /// Whose it is, where that is known.
    private let cluster: ClusterName?
    /// What the backups are called.
    private let layout: any Layout
    /// Whose it says it is, once it was asked.
    private let said = SaidCluster()

    private final class SaidCluster: Sendable {
        let name = Mutex<ClusterName?>(nil)
    }

    init(_ client: ServiceClient, cluster: ClusterName?, layout: any Layout) {
        self.client = client
        self.cluster = cluster
        self.layout = layout
    }

    package var location: String { "backup service at \(client.base)" }
    package var shortName: String { "service" }
    package var traits: StoreTraits { .streaming }

    // MARK: - What is there

    package func overview() async throws -> SourceOverview {
        let (status, serves) = try await client.statusAndCluster()
        said.name.withLock { $0 = serves }
        return .oneCluster(status.total, newest: status.recentBackup?.reported, cluster: serves ?? cluster)
    }

    package func clusters() async throws -> ClusterListing {
        guard let serves = said.name.withLock(\.self) else { throw ServiceError.cannotListClusters(client.base) }
        return ClusterListing(clusters: [serves], ignored: [])
    }

    package func has(_ cluster: ClusterName) async throws -> Bool {
        if let serves = said.name.withLock({ $0 }) ?? self.cluster, !serves.isMeant(by: cluster) {
            throw ServiceError.otherCluster(cluster, serves: serves)
        }
        return true
    }

    package func summary(of cluster: ClusterName) async throws -> ClusterSummary {
        let listing = try await backups(of: cluster, .all)
        return ClusterSummary(backupCount: listing.total?.count ?? listing.backups.count, newest: listing.backups.last)
    }

    package func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing {
        guard let query = try query(for: scope) else { return BackupListing(backups: [], ignored: []) }
        async let asked = head(query)
        async let status = client.status()
        var served = try await asked
        let total = try await status.total
        let recent = try await status.recentBackup?.reported
        if served == nil, total.count > 0 { served = try await head(query, expectsBackup: true) }
        let backups = served.map { [backup(of: cluster, $0, recent: recent)] } ?? []
        return BackupListing(
            backups: backups,
            ignored: [],
            isComplete: total.count <= backups.count,
            total: total
        )
    }

    private func head(_ query: ServiceQuery, expectsBackup: Bool = false) async throws -> ServedBackup? {
        do {
            return try await client.head(query, expectsBackup: expectsBackup)
        } catch ServiceError.incompatible(let base, let target, nil, let reason) {
            // Its words are its own; which version it has is what decides over the next step.
            let newest = try await client.head(.newest(target: nil), expectsBackup: true)
            throw ServiceError.incompatible(base, target: target, newest: newest?.version, reason: reason)
        }
    }

    /// - Returns: `nil` for a name that no backup has.
    private func query(for scope: BackupScope) throws(StoreError) -> ServiceQuery? {
        switch scope {
        case .all: return .newest(target: nil)
        case .newest(_, _, let target): return .newest(target: target)
        case .exact(let version, let revision): return .exact(version, revision)
        case .named(let name):
            guard case .backup(let parsed) = layout.parse(name), let version = parsed.version,
                let revision = parsed.revision
            else { return nil }
            return .exact(version, revision)
        case .noncurrent: throw .unsupported(reason: "a backup service shows nothing that was deleted")
        }
    }

    private func backup(of cluster: ClusterName?, _ served: ServedBackup, recent: ReportedBackup?) -> Backup {
        let isRecent = recent?.revision == served.revision && recent?.version == served.version
        // No backup is empty: a service that does not know the size reports 0.
        let reportedByteCount = recent.flatMap { $0.approximateByteCount > 0 ? $0.approximateByteCount : nil }
        return Backup(
            name: layout.name(of: ParsedBackup(version: served.version, revision: served.revision)) ?? "\(served)",
            cluster: cluster,
            version: served.version,
            revision: served.revision,
            modified: isRecent ? recent?.created : nil,
            approximateByteCount: served.byteCount ?? (isRecent ? reportedByteCount : nil)
        )
    }

    // MARK: - Its bytes

    package func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        if range != nil { throw StoreError.unsupported(reason: "a backup service sends a backup in one piece only") }
        guard let version = backup.version, let revision = backup.revision else {
            throw StoreError.notFound(backup.name)
        }
        let wanted = ServedBackup(version: version, revision: revision)
        try await client.read(.exact(version, revision)) { served, bytes in
            // A proxy that answers itself does not say; what its response is, its bytes show.
            if let served, (served.version, served.revision) != (wanted.version, wanted.revision) {
                throw ServiceError.otherBackup(asked: "\(wanted)", sent: "\(served)")
            }
            try sink(bytes)
        }
    }

    /// Has the service make a backup now; it takes up to eleven minutes.
    package var makesBackups: Bool { true }

    package func makeBackup(of cluster: ClusterName) async throws -> Backup {
        let status = try await client.makeBackup()
        guard let reported = status.reported, let revision = reported.revision else {
            // An older operator does not report the revision: it is the newest now.
            guard let newest = try await backups(of: cluster, .newest(1)).backups.last else {
                throw StoreError.notFound("the new backup at \(client.base)")
            }
            return newest
        }
        return backup(of: cluster, ServedBackup(version: reported.version, revision: revision), recent: reported)
    }
}

import Backups
import Language
import Text

extension ClusterError {
    /// The cluster of a source that a user means by a name; one whose backups were all deleted counts as long as the
    /// source keeps them.
    ///
    /// - Parameter listing: The source's clusters, if known already.
    /// - Throws: `ClusterError` if the source has no such cluster, or names none; `FoldersOfCluster` if its namespace is
    ///   taken for a cluster there.
    static func cluster(
        meantBy cluster: ClusterName,
        in source: any BackupSource,
        among listing: ClusterListing? = nil
    ) async throws -> ClusterName {
        guard source.namesClusters else { throw ClusterError.unnamed(cluster, location: source.location) }
        if let listing {
            if let meant = listing.cluster(meantBy: cluster) { return meant }
        } else if try await source.has(cluster) {
            return cluster
        }
        if try await hasNoncurrentBackups(cluster, in: source) { return cluster }
        let listing = if let listing { listing } else { try await source.clusters() }
        if let meant = listing.cluster(meantBy: cluster) { return meant }
        if listing.clusters.isEmpty, listing.hasUnnamedBackups {
            throw ClusterError.unnamed(cluster, location: source.location)
        }
        let namesakes = listing.clusters.filter { $0.name.hasSameBytes(as: cluster.name) }
        if !namesakes.isEmpty {
            throw ClusterError.elsewhere(cluster, namespaces: namesakes.map(\.namespace), location: source.location)
        }
        // On a volume, a namespace looks like a cluster.
        if let owner = cluster.namespace.map({ ClusterName($0) }), listing.has(owner) {
            let listed = try await source.backups(of: owner, .newest(1))
            if let folders = FoldersOfCluster(owner, listed, in: source) { throw folders }
        }
        let nearest = Suggestion.nearest(to: cluster.name, among: listing.clusters.map(\.name))
        throw ClusterError.unknown(
            cluster,
            location: source.location,
            nearest: nearest.flatMap { name in listing.clusters.first { $0.name.hasSameBytes(as: name) } },
            known: listing.clusters.filter { $0.name == listing.main }
                + listing.clusters.filter { $0.name != listing.main }
        )
    }

    /// Whether there is at least one. A source that does not keep or list deleted backups has none.
    ///
    /// - Throws: `StoreError.interrupted` if the source does not respond, `CancellationError`.
    static func hasNoncurrentBackups(_ cluster: ClusterName, in source: any BackupSource) async throws -> Bool {
        do {
            return try await !source.backups(of: cluster, .noncurrent(limit: 1)).backups.isEmpty
        } catch let error as StoreError where error.isInterruption {
            throw error
        } catch is any UserError {
            return false
        }
    }
}

import Backups
import Text

extension CommandDeclaration {
    static let clusters = CommandDeclaration(
        words: ["clusters"],
        summary: "list clusters and their newest backup",
        examples: [.init("clusters", "one line for each cluster")],
        needs: [.source],
        records: [.cluster],
        dryRun: .asUsual,
        run: { _, session in
            let source = try session.requireSource()
            let unnamed = "the backups in the \(source.location) name no cluster; 'ls' lists them"
            guard source.namesClusters else { return session.output.note(unnamed) }
            let listing = try await source.clusters()
            if listing.clusters.isEmpty {
                // Some layouts name a cluster in a few of their names.
                let hasBackups = try await !source.backups(of: nil, .newest(1)).backups.isEmpty
                if hasBackups { return session.output.note(unnamed) }
                throw try await NoClusters(listing, in: source)
            }
            let summaries = try await source.summaries(of: listing.clusters)
            if let first = summaries.first, case .failure(let failure) = first,
                !summaries.contains(where: { (try? $0.get()) != nil })
            {
                throw failure
            }
            show(Array(zip(listing.clusters, summaries)), session)
            // A bucket's namespaces are known.
            for (cluster, summary) in zip(listing.clusters, summaries) where source.traits == .local {
                guard let found = try? summary.get(), found.backupCount == 0,
                    let folders = FoldersOfCluster(cluster, try await source.backups(of: cluster, .all), in: source)
                else { continue }
                session.output.note(
                    "\(folders.finding); if it is a namespace, its clusters are in these: \(folders.line)"
                )
            }
            if listing.hasUnnamedBackups { session.output.note("other backups there name no cluster; 'ls' lists all") }
            session.output.note(ignored: listing.ignored, among: "the clusters")
        }
    )

    @MainActor
    private static func show(_ clusters: [(ClusterName, Result<ClusterSummary, any Error>)], _ session: Session) {
        let hasNamespaces = clusters.contains { $0.0.namespace != nil }
        var table = TextTable(
            header: (hasNamespaces ? ["NAMESPACE"] : []) + ["CLUSTER", "BACKUPS", "NEWEST", "AGE"],
            rightAligned: [hasNamespaces ? 2 : 1]
        )
        var records: [ClusterRecord] = []
        for (cluster, result) in clusters {
            let summary: ClusterSummary
            switch result {
            case .success(let found): summary = found
            case .failure(let failure):
                session.output.warning("cluster '\(cluster.description.printable)' is left out: \(failure)")
                continue
            }
            let age = summary.newest?.age(at: session.dependencies.now())
            table.append(
                (hasNamespaces ? [cluster.namespace?.printable ?? "-"] : []) + [
                    cluster.name.printable, String(summary.backupCount),
                    summary.newest?.knownRevision?.description ?? "-", age?.text ?? "-",
                ]
            )
            records.append(
                ClusterRecord(
                    cluster: cluster.name,
                    namespace: cluster.namespace,
                    backups: summary.backupCount,
                    newestRevision: summary.newest?.knownRevision?.value,
                    newestAgeSeconds: age?.seconds?.rounded(.down),
                    newestInFuture: age?.isInFuture == true ? true : nil
                )
            )
        }
        if !records.isEmpty { session.output.listing(try table.text(), json: records) }
    }

    private struct ClusterRecord: Encodable {
        let kind = "cluster"
        let cluster: String
        let namespace: String?
        let backups: Int
        let newestRevision: Int64?
        /// Absent if unknown.
        let newestAgeSeconds: Double?
        /// Present and true if its time is in the future.
        let newestInFuture: Bool?
    }
}

import Backups
import Text

extension CommandDeclaration {
    private static let name = ArgumentKey("NAME", .cluster)
    fileprivate static let namespace = Option(
        "namespace",
        value: "NS",
        .namespace,
        "the Kubernetes namespace, if the bucket has folders for namespaces"
    )

    static let cluster = CommandDeclaration(
        words: ["cluster"],
        summary: "choose the cluster to recover",
        details: [
            "It may come before 'use': then the source must have a backup of that cluster. It is",
            "only needed where a source has backups of several clusters. '.' stands for the only",
            "one, and for a place whose backups name no cluster. --cluster of 'use' chooses the",
            "place and its cluster at once.",
        ],
        arguments: [name],
        options: [namespace],
        examples: [
            .init("cluster foo", "the next commands are about foo"),
            .init("cluster .", "the only cluster that the source has"),
        ],
        establishes: [.cluster],
        invalidates: [.pick, .listing, .currentFile],
        records: [.chosen],
        dryRun: .asUsual,
        run: { invocation, session in
            let name = try invocation[name]
            let kept = (session.sourceCluster ?? session.cluster).map {
                "the cluster stays \($0.description.printable)"
            }
            try await session.choosing(keeping: kept) {
                if name == onlyCluster { return try await session.chooseOnlyCluster() }
                let cluster = try invocation.cluster(named: name)
                var meant: ClusterName?
                if let source = session.source {
                    meant = try await ClusterError.cluster(meantBy: cluster, in: source)
                }
                (session.cluster, session.sourceCluster) = (cluster, meant)
                session.forgetChoice()
                session.reportCluster(meant ?? cluster, isRepetition: (meant ?? cluster) == cluster)
            }
        }
    )
}

extension Invocation {
    /// - Parameter text: `NAME`, or `NAMESPACE/NAME`.
    /// - Throws: `UsageError` where there are two namespaces.
    fileprivate func cluster(named text: String) throws(UsageError) -> ClusterName {
        let cluster = ClusterName(path: text)
        let namespace = self[CommandDeclaration.namespace]
        if cluster.namespace != nil, namespace != nil {
            throw UsageError("'\(text.printable)' has a namespace already", hint: "leave --namespace out")
        }
        return ClusterName(cluster.name, namespace: cluster.namespace ?? namespace)
    }
}

extension ClusterName {
    /// - Parameter path: `NAME`, or `NAMESPACE/NAME`.
    init(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        self.init(parts.last ?? path, namespace: parts.count > 1 ? parts[0] : nil)
    }
}

/// Stands for the only cluster of a source.
let onlyCluster = "."

private struct ClusterRecord: Encodable {
    let kind = "chosen"
    let cluster: String
    let namespace: String?
}

extension Session {
    /// Chooses the only cluster of the source in use or, without one, of the next. Where that fails, the choice stays
    /// as it was.
    ///
    /// - Throws: `ClusterError.notOnly` where there are several; what the source throws.
    fileprivate func chooseOnlyCluster() async throws {
        let only: ClusterName?
        do {
            only = source == nil ? nil : try await onlyClusterInUse()
        } catch ClusterError.notChosen(let clusters, _, let location) {
            throw ClusterError.notOnly(clusters, location: location)
        }
        (cluster, sourceCluster) = (nil, only)
        forgetChoice()
        reportCluster(only)
    }

    fileprivate func reportCluster(_ cluster: ClusterName?, isRepetition: Bool = false) {
        let text = "cluster \(cluster?.description ?? onlyCluster)"
        let record = ClusterRecord(cluster: cluster?.name ?? onlyCluster, namespace: cluster?.namespace)
        if isRepetition { output.repetition(text, json: record) } else { output.result(text, json: record) }
    }
}

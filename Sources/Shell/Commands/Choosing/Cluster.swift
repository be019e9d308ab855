import Backups
import Text

extension CommandDeclaration {
    private static let name = ArgumentKey("NAME", .cluster)
    private static let namespace = Option(
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
            "one, and for a place whose backups name no cluster.",
        ],
        arguments: [name],
        options: [namespace],
        examples: [
            .init("cluster foo", "the next commands are about foo"),
            .init("cluster .", "the only cluster that the source has"),
        ],
        establishes: [.cluster],
        invalidates: [.pick, .listing],
        records: [.chosen],
        dryRun: .asUsual,
        run: { invocation, session in
            let name = try invocation[name]
            if name == onlyCluster { return try await session.chooseOnlyCluster() }
            let cluster = ClusterName(name, namespace: invocation[namespace])
            var meant: ClusterName?
            if let source = session.source {
                meant = try await ClusterError.cluster(meantBy: cluster, in: source)
            }
            (session.cluster, session.sourceCluster) = (cluster, meant)
            session.forgetChoice()
            session.reportCluster(meant ?? cluster, isRepetition: (meant ?? cluster) == cluster)
        }
    )
}

/// Stands for the only cluster of a source.
let onlyCluster = "."

private struct ClusterRecord: Encodable {
    let kind = "chosen"
    /// `nil` for the only one, where its name is unknown.
    let cluster: String?
    let namespace: String?
}

extension Session {
    /// Chooses the only cluster of the source in use or, without one, of the next.
    ///
    /// - Throws: `ClusterError.notChosen` where there are several; what the source throws.
    fileprivate func chooseOnlyCluster() async throws {
        (cluster, sourceCluster) = (nil, nil)
        forgetChoice()
        reportCluster(source == nil ? nil : try await clusterInUse())
    }

    fileprivate func reportCluster(_ cluster: ClusterName?, isRepetition: Bool = false) {
        let text = "cluster \(cluster?.description ?? onlyCluster)"
        let record = ClusterRecord(cluster: cluster?.name, namespace: cluster?.namespace)
        if isRepetition { output.repetition(text, json: record) } else { output.result(text, json: record) }
    }
}

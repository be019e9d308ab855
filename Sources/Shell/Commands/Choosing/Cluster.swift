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
        details: ["It may come before 'use': then the source must have a backup of that cluster."],
        arguments: [name],
        options: [namespace],
        examples: [.init("cluster foo", "the next commands are about foo")],
        establishes: [.cluster],
        invalidates: [.pick, .listing],
        dryRun: .asUsual,
        run: { invocation, session in
            let cluster = ClusterName(try invocation[name], namespace: invocation[namespace])
            if let source = session.source {
                try await ClusterError.check(cluster, isIn: source)
            }
            session.cluster = cluster
            session.forgetChoice()
            session.output.result(
                "cluster \(cluster)",
                json: ClusterRecord(cluster: cluster.name, namespace: cluster.namespace)
            )
            session.noteThatClusterIsLabel()
        }
    )

    private struct ClusterRecord: Encodable {
        let kind = "chosen"
        let cluster: String
        let namespace: String?
    }
}

extension Session {
    /// A runbook may choose the cluster before it uses a source without clusters: that is fine.
    func noteThatClusterIsLabel() {
        guard let source, let cluster, !source.needsCluster else { return }
        output.note(
            "the backups in the \(source.location) may be of any cluster: '\(cluster.description.printable)' is only a label"
        )
    }
}

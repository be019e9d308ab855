import Backups

extension ClusterName {
    /// The command that chooses it.
    var command: String {
        "cluster \(Invocation.quoted(name))" + (namespace.map { " --namespace \(Invocation.quoted($0))" } ?? "")
    }
}

import Backups
import Text

/// Why a place can't be used for the cluster that is chosen.
struct PlaceWithoutCluster: UserError, Hinting {
    let reason: ClusterError
    /// The command that connects to the place, with a choice of a cluster in it.
    let line: @Sendable (_ cluster: String) -> String

    var code: String { reason.code }
    var category: ErrorCategory { reason.category }
    var description: String { reason.description }

    var hint: NextStep? {
        switch reason {
        case .unknown(_, _, let nearest?, _):
            "if you mean '\(nearest.description.printable)', write: \(line(of: nearest))"
        case .unknown(_, _, nil, let known):
            if let first = known.first {
                known.count == 1
                    ? "for the one that is there, write: \(line(of: first))"
                    : "it has \(ClusterError.names(of: known)); for one of them, write: \(line(of: first))"
            } else {
                "name the place that holds the backups: \(.useOtherSource)"
            }
        case .elsewhere(let cluster, let namespaces, _):
            "for that cluster, write: \(line(of: ClusterName(cluster.name, namespace: namespaces.first ?? nil)))"
        case .empty: "without a choice of a cluster: \(line(onlyCluster))"
        case .unnamed: "if they are its backups, write: \(line(onlyCluster))"
        case .otherService(_, let serves, _): "if you mean that one, write: \(line(of: serves))"
        case .notChosen, .notOnly: reason.hint
        }
    }

    private func line(of cluster: ClusterName) -> String { line(cluster.description) }
}

import Backups
import Text

/// Why a cluster can't be recovered from a source.
enum ClusterError: UserError, Hinting, Equatable {
    case unknown(ClusterName, location: String, nearest: ClusterName?, known: [ClusterName])
    /// The name exists only in other namespaces.
    case elsewhere(ClusterName, namespaces: [String?], location: String)
    case empty(ClusterName, location: String)
    /// The names of the backups there contain no cluster.
    case unnamed(ClusterName, location: String)
    /// The service says that it has the backups of another cluster.
    case otherService(ClusterName, serves: ClusterName, location: String)
    /// A source has backups of these clusters, and none was chosen.
    case notChosen([ClusterName], main: String?, location: String)
    /// The only cluster of a source is wanted, and it has these.
    case notOnly([ClusterName], location: String)

    var code: String {
        switch self {
        case .unknown: "cluster.unknown"
        case .elsewhere: "cluster.in-other-namespace"
        case .empty: "cluster.empty"
        case .unnamed: "cluster.unnamed"
        case .otherService: "cluster.other-service"
        case .notChosen, .notOnly: "cluster.not-chosen"
        }
    }

    var category: ErrorCategory {
        .notFound
    }

    var description: String {
        switch self {
        case .unknown(let cluster, let location, _, _):
            return "cannot find cluster '\(cluster.description.printable)' in the \(location)"
        case .elsewhere(let cluster, let namespaces, let location):
            let sentence = "cannot find cluster '\(cluster.description.printable)' in the \(location)"
            let named = namespaces.compactMap(\.self).map { "'\($0.printable)'" }
            let plainly = named.count < namespaces.count ? "without a namespace" : nil
            guard !named.isEmpty else { return sentence + ": it is there without a namespace" }
            return sentence + ": it is there in the \(named.count == 1 ? "namespace" : "namespaces") "
                + named.prefix(4).joined(separator: ", ") + (named.count > 4 ? " and \(named.count - 4) more" : "")
                + (plainly.map { ", and \($0)" } ?? "")
        case .empty(let cluster, let location):
            return "cannot find a backup of cluster '\(cluster.description.printable)' in the \(location)"
        case .unnamed(let cluster, let location):
            return "cannot find a backup of cluster '\(cluster.description.printable)' in the \(location):"
                + " this place does not name clusters"
        case .otherService(let cluster, let serves, let location):
            return "cannot find cluster '\(cluster.description.printable)' in the \(location): it serves"
                + " '\(serves.description.printable)'"
        case .notChosen(let clusters, _, let location):
            return "cannot look for backups: no cluster is chosen; the \(location) has backups of"
                + " \(clusters.count) clusters: \(Self.names(of: clusters))"
        case .notOnly(let clusters, let location):
            return "cannot choose the only cluster: the \(location) has backups of \(clusters.count)"
                + " clusters: \(Self.names(of: clusters))"
        }
    }

    var hint: NextStep? {
        switch self {
        case .unknown(_, _, let nearest?, _):
            "did you mean '\(nearest.namespace == nil ? nearest.name.printable : nearest.command)'?"
        case .elsewhere(let cluster, let namespaces, _) where namespaces.count == 1:
            "choose it so: \(ClusterName(cluster.name, namespace: namespaces[0]).command)"
        case .elsewhere(let cluster, let namespaces, _):
            """
            they are different clusters; choose one: \
            \(namespaces.prefix(3).map { ClusterName(cluster.name, namespace: $0).command }.joined(separator: ", or "))
            """
        case .notChosen(let clusters, let main, _):
            "choose one: \(clusters.first { $0.name == main }?.command ?? "cluster NAME")"
        case .notOnly: "choose one: cluster NAME"
        case .otherService(_, let serves, _): "if you mean that one, write: \(serves.command)"
        case .unnamed: "if they are its backups, write: cluster ."
        case .unknown(_, _, nil, let known) where !known.isEmpty:
            "choose one that is there, with cluster NAME: \(Self.names(of: known))"
        case .unknown, .empty: "list those that are there: \(line: "clusters")"
        }
    }

    static func names(of clusters: [ClusterName]) -> String {
        let shown = clusters.prefix(8).map(\.description.printable).joined(separator: ", ")
        return shown + (clusters.count > 8 ? " and \(clusters.count - 8) more" : "")
    }
}

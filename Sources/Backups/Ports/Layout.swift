/// How backups are named in a store: a pure function from a name to a backup, and back.
public protocol Layout: Sendable {
    /// What the keys of all clusters begin with: empty, or ending in `/`.
    var clustersPrefix: String { get }

    /// Whether a folder below `clustersPrefix` may be a namespace, with the clusters' folders in it.
    var hasNamespaces: Bool { get }

    /// Why a folder can't be a cluster's or a namespace's, by its name, or `nil` where it can.
    func reasonAgainst(cluster: String) -> String?

    /// What a file is that lies in a cluster's folder, by its name without the folder.
    func parse(_ name: String) -> ParsedName

    /// The name of a backup: the inverse of `parse(_:)`.
    func name(version: EtcdVersion, revision: Revision) -> String

    /// The folder below a cluster's in which unfinished backups are written, with its `/`.
    var unfinishedFolder: String { get }
}

/// What a name says.
public enum ParsedName: Sendable, Equatable {
    case backup(EtcdVersion, Revision)
    case ignored(reason: String)
}

extension Layout {
    /// What the keys of one cluster's backups begin with.
    public func prefix(of cluster: ClusterName) -> String {
        clustersPrefix + (cluster.namespace.map { $0 + "/" } ?? "") + cluster.name + "/"
    }

    /// Whether there can be such a cluster at all: what its name holds is never a way out of `clustersPrefix`.
    func canHave(_ cluster: ClusterName) -> Bool {
        if let namespace = cluster.namespace, !hasNamespaces || reasonAgainst(cluster: namespace) != nil {
            return false
        }
        return reasonAgainst(cluster: cluster.name) == nil
    }
}

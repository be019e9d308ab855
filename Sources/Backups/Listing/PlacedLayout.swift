/// A layout, and the folder of a store in which it was found.
public struct PlacedLayout: Sendable {
    public var layout: any Layout
    /// What all keys begin with: empty, or ending in `/`. The clusters' folders are in it or, where the layout names no
    /// clusters, the backups.
    public var folder: String
    /// Whether a folder in it may be a namespace, with the clusters' folders in it.
    public var hasNamespaces: Bool
    /// Whether it was taken because no other layout was found; not where a user named it.
    public var isGuess: Bool

    public init(_ layout: any Layout, folder: String, hasNamespaces: Bool = false, isGuess: Bool = false) {
        self.layout = layout
        self.folder = folder
        self.isGuess = isGuess
        self.hasNamespaces = hasNamespaces && layout.hasClusterFolders
    }

    /// What the keys of one cluster's backups begin with.
    ///
    /// - Parameter cluster: Makes no difference where the layout names no clusters.
    func prefix(of cluster: ClusterName?) -> String {
        guard layout.hasClusterFolders, let cluster else { return folder }
        return folder + (cluster.namespace.map { $0 + "/" } ?? "") + cluster.name + "/"
    }

    /// Whether there can be such a cluster at all: what its name holds is never a way out of the folder.
    func canHave(_ cluster: ClusterName?) -> Bool {
        guard layout.hasClusterFolders else { return true }
        guard let cluster else { return false }
        if let namespace = cluster.namespace, !hasNamespaces || layout.reasonAgainst(cluster: namespace) != nil {
            return false
        }
        return layout.reasonAgainst(cluster: cluster.name) == nil
    }
}

import Text

/// A layout, and the folders of a store in which it was found.
public struct PlacedLayout: Sendable {
    public var layout: any Layout
    /// Never empty.
    public var roots: [LayoutRoot]
    /// The folders that were not looked into, and why.
    public var unseenFolders: [IgnoredName] = []
    /// A layout that takes names beside its backups for backups; `nil` where none was seen.
    public var otherLayout: OtherLayout?
    /// Whether it was taken because no other layout was found; not where a user named it.
    public var isGuess: Bool
    /// The zone of times that names give without one; `nil` where a user said none.
    public var timeZone: LocalTimeZone?

    public init(_ layout: any Layout, roots: [LayoutRoot], isGuess: Bool = false) {
        self.layout = layout
        self.roots = roots
        self.isGuess = isGuess
    }

    /// - Parameters:
    ///   - folder: What all keys begin with: empty, or ending in `/`.
    ///   - hasNamespaces: Whether a folder in it may be a namespace, with the clusters' folders in it.
    public init(_ layout: any Layout, folder: String, hasNamespaces: Bool = false, isGuess: Bool = false) {
        let root = LayoutRoot(
            folder: folder,
            content: layout.hasClusterFolders ? .clusters(hasNamespaces: hasNamespaces) : .backups(of: nil)
        )
        self.init(layout, roots: [root], isGuess: isGuess)
    }

    /// Whether the place says which backups are of which cluster.
    var namesClusters: Bool { layout.clusterNaming != .none || roots.contains { $0.label != nil } }

    /// The folder that holds a cluster's backups, be there any or not.
    ///
    /// - Parameter cluster: `nil` for all backups, where there is one folder for them.
    /// - Returns: `nil` where there can be no such cluster: what its name holds is never a way out of the folder.
    func backupFolder(of cluster: ClusterName?, in store: any Store) -> ClusterFolder? {
        guard namesClusters, let cluster else {
            guard !namesClusters || layout.clusterNaming == .inNames, roots.count == 1, let root = roots.first else {
                return nil
            }
            return ClusterFolder(store: store, place: self, root: root, prefix: root.folder)
        }
        for root in roots {
            switch root.content {
            case .clusters(let hasNamespaces):
                if let prefix = prefix(of: cluster, in: root, hasNamespaces: hasNamespaces) {
                    return ClusterFolder(store: store, place: self, root: root, prefix: prefix, cluster: cluster)
                }
            case .backups(let owner):
                let isIn = layout.clusterNaming == .inNames ? root.mayHold(cluster) : owner == cluster
                if isIn {
                    return ClusterFolder(store: store, place: self, root: root, prefix: root.folder, cluster: cluster)
                }
            }
        }
        return nil
    }

    private func prefix(of cluster: ClusterName, in root: LayoutRoot, hasNamespaces: Bool) -> String? {
        guard layout.reasonAgainst(cluster: cluster.name) == nil else { return nil }
        if let label = root.label {
            return cluster.namespace?.hasSameBytes(as: label) == true ? root.folder + cluster.name + "/" : nil
        }
        guard let namespace = cluster.namespace else { return root.folder + cluster.name + "/" }
        guard hasNamespaces, layout.reasonAgainst(cluster: namespace) == nil else { return nil }
        return root.folder + namespace + "/" + cluster.name + "/"
    }
}

import Text

/// One folder in which a layout was found.
public struct LayoutRoot: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        /// The clusters' folders or, in a bucket, also those of namespaces with the clusters' folders in them.
        case clusters(hasNamespaces: Bool)
        /// Backups of one cluster, of several where their names say it, or of any.
        case backups(of: ClusterName?)
    }

    /// What all keys in it begin with: empty, or ending in `/`.
    public var folder: String
    public var content: Content
    /// The name of the folder that it was found in, where there are several: the cluster's or, where there are clusters
    /// in it, what they are told apart by, as by a namespace.
    public var label: String?
    /// What the paths in it begin with for the layout: it may be one of the folders that hold backups itself.
    public var pathPrefix: String
    /// Whether it was not looked into: it is taken to be like those beside it, and may be empty.
    public var isAssumed: Bool

    public init(
        folder: String,
        content: Content,
        label: String? = nil,
        pathPrefix: String = "",
        isAssumed: Bool = false
    ) {
        self.folder = folder
        self.content = content
        self.label = label
        self.pathPrefix = pathPrefix
        self.isAssumed = isAssumed
    }

    /// Whether backups whose names say their cluster may be of this one.
    func mayHold(_ cluster: ClusterName) -> Bool {
        guard let label else { return cluster.namespace == nil }
        return label.hasSameBytes(as: cluster.namespace ?? cluster.name)
    }
}

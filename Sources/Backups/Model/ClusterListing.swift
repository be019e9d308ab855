import Text

/// The clusters of a source, and the names among them that are no clusters.
public struct ClusterListing: Sendable {
    /// By namespace, then by name.
    public var clusters: [ClusterName]
    /// By name.
    public var ignored: [IgnoredName]

    public init(clusters: [ClusterName], ignored: [IgnoredName]) {
        self.clusters = clusters.sorted()
        self.ignored = ignored.sorted { $0.name < $1.name }
    }

    /// Whether a cluster has that name, byte for byte.
    public func has(_ cluster: ClusterName) -> Bool {
        clusters.contains {
            $0.name.hasSameBytes(as: cluster.name)
                && ($0.namespace ?? "").hasSameBytes(as: cluster.namespace ?? "")
        }
    }
}

/// A name that is no backup, and why. Such names are counted and shown, never silently skipped.
public struct IgnoredName: Sendable, Hashable {
    /// As it stands in the source: it may hold anything.
    public var name: String
    /// The second half of a sentence: `its revision has 15 digits, not 16`.
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}

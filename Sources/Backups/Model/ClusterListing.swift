import Text

/// The clusters of a source, and the names among them that are no clusters.
public struct ClusterListing: Sendable {
    /// By namespace, then by name.
    public var clusters: [ClusterName]
    /// By name.
    public var ignored: [IgnoredName]
    /// The name of the cluster that is meant where a user names only its namespace, where the layout has one.
    public var main: String?
    /// Whether there are backups whose names say no cluster, though such names may.
    public var hasUnnamedBackups = false

    public init(clusters: [ClusterName], ignored: [IgnoredName]) {
        self.clusters = clusters.sorted()
        self.ignored = ignored.sorted { $0.name < $1.name }
    }

    /// Whether a cluster has that name, byte for byte.
    public func has(_ cluster: ClusterName) -> Bool { clusters.contains(cluster) }

    /// The cluster that a user means by a name: the one that has it or, where the layout has a main cluster in each
    /// namespace, that of the namespace; `nil` where there is none.
    public func cluster(meantBy name: ClusterName) -> ClusterName? {
        if has(name) { return name }
        guard let main, name.namespace == nil else { return nil }
        let meant = ClusterName(main, namespace: name.name)
        return has(meant) ? meant : nil
    }

    mutating func add(_ other: ClusterListing) {
        let (main, hasUnnamed) = (main ?? other.main, hasUnnamedBackups || other.hasUnnamedBackups)
        self = ClusterListing(clusters: clusters + other.clusters, ignored: ignored + other.ignored)
        self.main = main
        hasUnnamedBackups = hasUnnamed
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

public import Backups

/// Where a cluster's backup service is, and how it is spoken to.
public struct ServiceSettings: Sendable {
    /// Its URL, with the path that an ingress puts before its own; made from the cluster's name where it is not given.
    public var url: String?
    /// The cluster whose backups it has; `nil` where none is chosen yet.
    public var cluster: ClusterName?
    /// The Kubernetes namespace that the service is looked up in from another one.
    public var namespace: String?
    /// What Kubernetes' own names end in.
    public var clusterDomain = "cluster.local"
    /// A PEM file with the authorities that are trusted instead of the system's.
    public var caFile: String?
    /// A PEM file with our own certificate, where the server wants one.
    public var certificateFile: String?
    /// Its key; in the certificate's file where none is named.
    public var keyFile: String?
    /// What is sent with each request, `Name: value`. The values are secrets.
    public var headers: [String] = []

    public init() {}
}

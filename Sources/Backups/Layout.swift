/// How backups are named in a store: a pure function from a name to a backup, and back.
public protocol Layout: Sendable {
    /// What the keys of all clusters begin with: empty, or ending in `/`.
    var clustersPrefix: String { get }

    /// Why a folder below `clustersPrefix` can't be a cluster's, or `nil` where it can.
    func reasonAgainst(cluster: String) -> String?

    /// What a file is that lies in a cluster's folder, by its name without the folder.
    func reading(of name: String) -> NameReading

    /// The name of a backup: the inverse of `reading(of:)`.
    func name(version: EtcdVersion, revision: Revision) -> String

    /// The folder below a cluster's in which unfinished backups are written, with its `/`.
    var unfinishedFolder: String { get }
}

/// What a name says.
public enum NameReading: Sendable, Equatable {
    case backup(EtcdVersion, Revision)
    case ignored(reason: String)
}

extension Layout {
    /// What the keys of one cluster's backups begin with.
    public func prefix(of cluster: String) -> String { clustersPrefix + cluster + "/" }
}

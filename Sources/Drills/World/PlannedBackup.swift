package import Backups
package import FoundationEssentials

/// One backup of a world, with all that its name and its place say.
package struct PlannedBackup: Sendable {
    /// What conditions call it; `nil` for those of other clusters.
    package var id: String?
    package var cluster: String
    /// As the operator names it.
    package var name: String
    package var etcdVersion: EtcdVersion
    package var revision: Int64
    package var modified: Date
    package var variant: ContentVariant
    package var places: Set<SourceKind>
    package var isDeleted = false

    /// Where it lies below a bucket's prefix or a volume's root.
    package var path: String { "v1/\(cluster)/\(name)" }

    /// What a bucket that keeps versions calls this one.
    package var versionID: String { String(sha256(of: Array("\(path) \(revision)".utf8)).prefix(32)) }
}

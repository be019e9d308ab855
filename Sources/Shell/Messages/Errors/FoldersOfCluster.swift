import Backups
import Language
import Text

/// A cluster without backups, whose folder holds folders: it may be a namespace, with clusters of its own.
struct FoldersOfCluster: UserError, Hinting {
    let cluster: ClusterName
    /// Their names.
    let folders: [String]
    /// The command that uses the cluster's folder as a place.
    let line: String

    /// `nil` where a listing has backups, or no folders that may have some.
    init?(_ cluster: ClusterName?, _ listing: BackupListing, in source: any BackupSource) {
        let folders = listing.ignored.map(\.name).filter { $0.hasSuffix("/") }
        guard listing.backups.isEmpty, !folders.isEmpty, let cluster, let address = source.address(of: cluster) else {
            return nil
        }
        self.cluster = cluster
        self.folders = folders
        let place = address.hasSuffix("/") ? String(address.dropLast()) : address
        line = "\(CommandDeclaration.useWord) \(source.shortName) \(Word.shown(place)) --cluster ."
    }

    var code: String { "selection.no-backups" }
    var category: ErrorCategory { .notFound }

    /// What lies there, as a sentence.
    var finding: String {
        let shown = folders.prefix(3).map(\.printable).joined(separator: ", ")
        return "cluster '\(cluster.description.printable)' has no backups, but folders: \(shown)"
            + (folders.count > 3 ? " and \(folders.count - 3) more" : "")
    }

    var description: String { "cannot find a backup: \(finding)" }
    var hint: NextStep? { "if it is a namespace, its clusters are in these: \(line: line)" }
}

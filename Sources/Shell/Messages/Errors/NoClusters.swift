import Backups
import Text

/// A place whose layout has clusters, and that has none.
struct NoClusters: UserError, Hinting {
    let location: String
    /// The first names that are there.
    let names: [String]

    /// So many names are shown.
    static let shownCount = 5

    var code: String { "cluster.none" }
    var category: ErrorCategory { .notFound }

    var description: String {
        let found =
            names.isEmpty
            ? "nothing is there" : "nothing there is a cluster: " + names.map(\.printable).joined(separator: ", ")
        return "cannot find clusters in the \(location): \(found)"
    }

    var hint: NextStep? { "name the place that holds the backups: \(.useOtherSource)" }
}

extension NoClusters {
    /// - Parameter listing: The clusters of a source: none.
    /// - Throws: What the source throws.
    init(_ listing: ClusterListing, in source: any BackupSource) async throws {
        let ignored = listing.ignored.prefix(Self.shownCount).map { "\($0.name) (\($0.reason))" }
        location = source.location
        names = ignored.isEmpty ? try await source.firstNames(Self.shownCount) : ignored
    }
}

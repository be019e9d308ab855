import Backups
import Text

/// A place in which a layout was recognised, and that has no backup.
struct NoBackups: UserError, Hinting {
    let location: String
    /// What is there instead.
    let ignored: [IgnoredName]

    var code: String { "source.no-backups" }
    var category: ErrorCategory { .notFound }

    var description: String {
        let shown = ignored.prefix(2).map { "\($0.name.printable) (\($0.reason))" }.joined(separator: ", ")
        let rest = ignored.count > 2 ? " and \(ignored.count - 2) more" : ""
        return "cannot find backups in the \(location): "
            + (ignored.isEmpty ? "nothing is there" : "there is only \(shown)\(rest)")
    }

    var hint: NextStep? { "name the place that holds the backups: \(.useOtherSource)" }
}

extension NoBackups {
    /// `nil` where a place has backups, or perhaps has some.
    init?(_ overview: SourceOverview, in source: any BackupSource) {
        guard case .unnamed(_, _, let listing) = overview, listing.backups.isEmpty, listing.isComplete else {
            return nil
        }
        (location, ignored) = (source.location, listing.ignored)
    }
}

import Backups

/// There are backups, and none of them can be used.
struct NoneServable: UserError {
    /// `nil` where the source does not name clusters.
    var cluster: ClusterName?
    /// The newest first.
    var backups: [UnusableBackup]

    var code: String { "server.none-servable" }

    var category: ErrorCategory { .unsound }

    var description: String { "cannot serve a backup\(cluster.phrase): none can be used: \(backups.sentence)" }

    var nextStep: NextStep? { "look at them all: \(.listBackups)" }
}

import Backups

/// There are several that can be used, and nothing shows which is the newest.
struct NewestUnknown: UserError {
    var count: Int

    var code: String { "server.newest-unknown" }

    var category: ErrorCategory { .failed }

    var description: String {
        "cannot serve the newest backup: the times of all \(count) are unknown or in the future"
    }

    var nextStep: NextStep? { "look at them all: \(.listBackups)" }
}

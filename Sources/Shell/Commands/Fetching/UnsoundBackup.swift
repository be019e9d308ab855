import Backups

/// A backup that was downloaded and is not sound.
struct UnsoundBackup: Sendable {
    var name: String
    var failure: DownloadError

    /// What is wrong, as the second half of a sentence.
    var reason: String {
        if case .unsound(_, let problem, _) = failure { "\(problem)" } else { "\(failure)" }
    }
}

import Backups

/// A backup that was skipped for the pick, and why, as in `--json` output.
struct PassedOver: Encodable, Sendable, Equatable {
    let name: String
    let reason: String
}

extension PassedOver {
    init(_ backup: UnusableBackup) {
        self.init(name: backup.name, reason: backup.reason)
    }

    init(_ backup: UnsoundBackup) {
        self.init(name: backup.name, reason: backup.reason)
    }
}

import Backups

/// A backup that was passed over for the pick, and why; `--json` shows it so.
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

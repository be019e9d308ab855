import Backups
package import TestSupport

extension BackupVolume {
    /// A volume of its own with the backups that a test wants.
    package init(_ backups: [GivenBackup]) throws {
        try self.init()
        for backup in backups {
            try add(
                backup.revision.value,
                cluster: backup.cluster,
                version: backup.version.description,
                content: backup.bytes
            )
        }
    }
}

import Backups
package import TestSupport

extension BackupVolume {
    /// A volume with the backups that a test wants, in a folder or in one of its own.
    package init(_ backups: [GivenBackup], folder: TemporaryFolder? = nil) throws {
        try self.init(folder: folder)
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

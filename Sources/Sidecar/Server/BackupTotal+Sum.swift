import Backups

extension BackupTotal {
    /// The total of these backups; sizes are what a source reports, and their sum ends with the largest number.
    init(of backups: [Backup]) {
        self.init(
            count: backups.count,
            approximateByteCount: backups.reduce(0) { sum, backup in
                let (sum, isTooLarge) = sum.addingReportingOverflow(backup.byteCount ?? 0)
                return isTooLarge ? .max : sum
            }
        )
    }
}

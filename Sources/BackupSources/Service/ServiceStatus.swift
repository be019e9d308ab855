import Backups
import FoundationEssentials

/// What `/v1/status` answers (etcd operator v0.3.3 `pkg/backup/backupapi/status.go`, `ServiceStatus`).
struct ServiceStatus: Decodable {
    /// Absent where the service has made none since it was started.
    var recentBackup: BackupStatus?
    var backups: Int
    /// In MiB, which the operator calls MB.
    var backupSize: Double

    /// What there is in all; nobody has less than none.
    var total: BackupTotal {
        BackupTotal(count: max(0, backups), approximateByteCount: Self.byteCount(mebibytes: backupSize))
    }

    /// Zero for what no size can be.
    static func byteCount(mebibytes: Double) -> Int64 {
        Int64(exactly: (mebibytes * 1_048_576).rounded()).map { max(0, $0) } ?? 0
    }
}

/// What a service tells of one backup (`BackupStatus` in the same file).
struct BackupStatus: Decodable {
    /// As RFC 3339 has it.
    var creationTime: String?
    /// In MiB, with three decimals.
    var size: Double?
    /// Operators before 0.3 leave it out.
    var revision: Int64?
    var version: String?

    /// - Returns: `nil` without a version that can be read.
    var told: ToldBackup? {
        guard let version = version.flatMap({ EtcdVersion($0) }) else { return nil }
        return ToldBackup(
            version: version,
            revision: revision.flatMap { Revision($0) },
            created: creationTime.flatMap(InternetTime.date),
            approximateByteCount: ServiceStatus.byteCount(mebibytes: size ?? 0)
        )
    }
}

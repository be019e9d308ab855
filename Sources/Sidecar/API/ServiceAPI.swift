package import Backups
import FoundationEssentials
import Text

/// The words of the backup service's API, which its client and our own server share (etcd operator v0.3.3
/// `pkg/backup/http.go`, `pkg/backup/backupapi`).
package enum ServiceAPI {
    package static let defaultPort = 19999

    package static let backupPath = "/v1/backup"
    package static let backupNowPath = "/v1/backupnow"
    package static let statusPath = "/v1/status"

    package static let versionHeader = "X-etcd-Version"
    /// Its value is decimal.
    package static let revisionHeader = "X-Revision"
    /// Of our own server only: whose backups it has, in the form of `ClusterName.headerValue`.
    package static let clusterHeader = "X-Snapsh-Cluster"
    package static let versionParameter = "etcdVersion"
    /// Its value is decimal.
    package static let revisionParameter = "etcdRevision"

    /// What the operator calls a MB.
    private static let megabyte = 1_048_576.0

    /// Zero for what no size can be.
    package static func byteCount(megabytes: Double) -> Int64 {
        Int64(exactly: (megabytes * megabyte).rounded()).map { max(0, $0) } ?? 0
    }

    /// With three decimals.
    package static func megabytes(byteCount: Int64) -> Double {
        (Double(byteCount) / megabyte * 1000).rounded() / 1000
    }
}

/// The response to `/v1/status` (`backupapi/status.go`, `ServiceStatus`).
package struct ServiceStatus: Codable, Sendable {
    /// Absent where the service has made none since it was started.
    package var recentBackup: BackupStatus?
    package var backups: Int
    /// In what the operator calls MB: MiB.
    package var backupSize: Double

    package init(_ total: BackupTotal, newest: Backup?) {
        recentBackup = newest.map(BackupStatus.init)
        backups = total.count
        backupSize = ServiceAPI.megabytes(byteCount: total.approximateByteCount)
    }

    /// All backups; negative numbers count as 0.
    package var total: BackupTotal {
        BackupTotal(count: max(0, backups), approximateByteCount: ServiceAPI.byteCount(megabytes: backupSize))
    }
}

/// What a service reports of one backup (`BackupStatus` in the same file).
package struct BackupStatus: Codable, Sendable {
    /// As RFC 3339 has it.
    package var creationTime: String?
    /// In what the operator calls MB, with three decimals.
    package var size: Double?
    /// Operators before 0.3 leave it out.
    package var revision: Int64?
    package var version: String?
    /// How long it took to make.
    package var timeTookInSecond: Int?

    package init(_ backup: Backup) {
        creationTime = backup.modified?.formatted(.iso8601)
        size = ServiceAPI.megabytes(byteCount: backup.snapshotByteCount ?? backup.approximateByteCount ?? 0)
        revision = backup.revision?.value
        version = backup.version.map { "\($0)" }
        // The service does not remember it.
        timeTookInSecond = 0
    }

    /// - Returns: `nil` without a version that can be read.
    package var reported: ReportedBackup? {
        guard let version = version.flatMap({ EtcdVersion($0) }) else { return nil }
        return ReportedBackup(
            version: version,
            revision: revision.flatMap { Revision($0) },
            created: creationTime.flatMap(InternetTime.date),
            approximateByteCount: ServiceAPI.byteCount(megabytes: size ?? 0)
        )
    }
}

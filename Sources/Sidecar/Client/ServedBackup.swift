import Backups
import HTTP
import SidecarAPI

/// Which backup a response holds, as its headers say.
struct ServedBackup: Sendable, Equatable, CustomStringConvertible {
    var version: EtcdVersion
    var revision: Revision
    /// As far as it says it; the sidecar does not.
    var byteCount: Int64?

    /// - Returns: `nil` where they don't say it.
    init?(_ head: HTTPHead) {
        guard let version = head[ServiceAPI.versionHeader].flatMap({ EtcdVersion($0) }),
            let revision = head[ServiceAPI.revisionHeader].flatMap({ Int64($0) }).flatMap({ Revision($0) })
        else { return nil }
        self.init(version: version, revision: revision)
        byteCount = head.wholeByteCount.flatMap { $0 > 0 ? $0 : nil }
    }

    init(version: EtcdVersion, revision: Revision) {
        self.version = version
        self.revision = revision
    }

    var description: String { "revision \(revision) of etcd \(version)" }
}

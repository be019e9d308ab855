import Backups
import HTTPServing
import SidecarAPI
import Text

/// Which backup a request asks for.
enum BackupRequest: Sendable, Equatable {
    /// The one with the highest revision of those that can be used; refused where the target can't be restored from it.
    case newest(target: EtcdVersion?)
    case exact(EtcdVersion, Revision)

    var isForNewest: Bool { if case .newest = self { true } else { false } }

    /// Why a request can't be answered, as one line.
    struct Problem: Error, Equatable {
        var line: String
    }

    /// Reads the two parameters (etcd operator v0.3.3 `pkg/backup/http.go`, `ServeBackup`). An empty one is none.
    ///
    /// - Throws: `Problem`.
    init(_ target: RequestTarget) throws(Problem) {
        func value(_ name: String) -> String? {
            target.parameters[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        var version: EtcdVersion?
        if let text = value(ServiceAPI.versionParameter) {
            version = EtcdVersion(text)
            if version == nil { throw Problem(line: "'\(text.printable)' is not an etcd version such as 3.1.0") }
        }
        guard let text = value(ServiceAPI.revisionParameter) else {
            self = .newest(target: version)
            return
        }
        guard let revision = Int64(text).flatMap({ Revision($0) }) else {
            throw Problem(line: "'\(text.printable)' is not a revision: write it in decimal digits")
        }
        guard let version else { throw Problem(line: "version must be provided when revision is provided.") }
        self = .exact(version, revision)
    }
}

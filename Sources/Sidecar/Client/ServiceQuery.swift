import Backups
import HTTP
import SidecarAPI
import Text

/// Which backup a service is asked for.
enum ServiceQuery: Sendable, Equatable {
    /// The one with the highest revision, where the target can be restored from it.
    case newest(target: EtcdVersion?)
    case exact(EtcdVersion, Revision)

    /// With its `?`, where there is anything to say; the revision is decimal.
    var text: String {
        switch self {
        case .newest(nil): ""
        case .newest(let target?): "?\(ServiceAPI.versionParameter)=\(Self.text(of: target))"
        case .exact(let version, let revision):
            "?\(ServiceAPI.versionParameter)=\(Self.text(of: version))"
                + "&\(ServiceAPI.revisionParameter)=\(revision.value)"
        }
    }

    /// With a patch, without which the service can't read it.
    private static func text(of version: EtcdVersion) -> String {
        var version = version
        version.patch = version.patch ?? 0
        return PercentEncoding.encode("\(version)", keepsSlash: false)
    }
}

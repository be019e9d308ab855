package import Backups
package import HTTP
import Text

/// Why a backup service could not be used.
package enum ServiceError: UserError, Equatable {
    case notAddress(String)
    /// Neither a URL nor a cluster that one could be made of.
    case withoutCluster
    /// Its text may hold a secret, and is not shown.
    case notHeader
    /// Its value is a secret, and HTTP can't carry it.
    case headerValue(name: String)
    /// What it was asked for: `its status`, `a backup`.
    package typealias Purpose = String
    /// The purpose of a request for a backup that is made now.
    static let newBackup: Purpose = "a new backup"
    case noResponse(HTTPBase, Purpose, HTTPError)
    /// What answers there is a server of buckets.
    case bucketServer(HTTPBase)
    /// What answers there is no backup service.
    case notService(HTTPBase, reason: String)
    case redirected(HTTPBase, to: String?)
    case denied(HTTPBase, status: Int)
    /// It said no, in words of its own.
    case refused(HTTPBase, Purpose, status: Int, reason: String)
    /// The target version can't be restored from its newest backup.
    case incompatible(HTTPBase, target: EtcdVersion, newest: EtcdVersion?, reason: String)
    /// It has the backups of one cluster and does not say which.
    case cannotListClusters(HTTPBase)
    /// It is the service of another cluster.
    case otherCluster(ClusterName, serves: ClusterName)
    /// It sent another backup than it was asked for.
    case otherBackup(asked: String, sent: String)

    package var code: String {
        switch self {
        case .notAddress: "service.not-an-address"
        case .withoutCluster: "service.no-cluster"
        case .notHeader, .headerValue: "service.bad-header"
        case .noResponse: "service.no-response"
        case .notService, .bucketServer: "service.not-a-service"
        case .redirected: "service.redirected"
        case .denied: "service.denied"
        case .refused: "service.refused"
        case .incompatible: "service.incompatible"
        case .cannotListClusters: "service.cannot-list"
        case .otherCluster: "service.other-cluster"
        case .otherBackup: "service.other-backup"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .incompatible: .notFound
        // What stands there does not know the call: another source may.
        case .refused(_, _, status: 405, _), .refused(_, _, status: 501, _): .unreachable
        // As of any command that needs a choice: nothing was asked yet.
        case .withoutCluster: .failed
        case .refused, .otherBackup, .cannotListClusters: .failed
        case .otherCluster: .notFound
        default: .unreachable
        }
    }

    package var description: String {
        switch self {
        case .notAddress(let url):
            "cannot use '\(SecretText.masking(url).printable)' as a backup service: it is not a URL such as http://host:19999"
        case .withoutCluster:
            "cannot make the backup service's address: no cluster is chosen"
        case .notHeader:
            "cannot send a header: it is not written as 'Name: value'"
        case .headerValue(let name):
            "cannot send the header '\(name.printable)': its value has a line break or a control character in it"
        case .noResponse(_, let purpose, let error):
            "cannot ask the backup service for \(purpose): \(error)"
        case .bucketServer(let base):
            "cannot use \(base) as a backup service: it is an S3 server"
        case .notService(let base, let reason):
            "cannot use \(base) as a backup service: \(reason)"
        case .redirected(let base, let target):
            "cannot use \(base) as a backup service: it redirects to \(target.flatMap { $0.isEmpty ? nil : SecretText.masking($0).printable } ?? "nowhere")"
        case .denied(let base, let status):
            "cannot use the backup service at \(base): access denied (HTTP status \(status))"
        case .refused(let base, let purpose, let status, let reason):
            "cannot ask the backup service at \(base) for \(purpose): it answered with HTTP status \(status)"
                + (reason.isEmpty ? "" : ": \(SecretText.masking(reason).printable)")
        case .incompatible(_, let target, let newest?, _):
            "cannot pick the newest backup: it is of etcd \(newest), and etcd \(target) can't restore it"
        case .incompatible(let base, let target, nil, let reason):
            "cannot pick the newest backup for etcd \(target): the backup service at \(base) says: \(SecretText.masking(reason).printable)"
        case .cannotListClusters(let base):
            "cannot list the clusters: the backup service at \(base) has the backups of one cluster and does not say which"
        case .otherCluster(let cluster, let serves):
            "cannot choose cluster '\(cluster.description.printable)': the backup service in use belongs to"
                + " '\(serves.description.printable)'"
        case .otherBackup(let asked, let sent):
            "cannot accept the backup from the service: asked for \(asked), got \(sent)"
        }
    }

    package var nextStep: NextStep? {
        switch self {
        case .notAddress: "write it as http://host:19999, with a path behind it where an ingress wants one"
        case .withoutCluster:
            "choose one first: \(.chooseCluster); or name the address: \(.use(source: "service", place: "URL"))"
        case .headerValue: "the value of a header is one line of text"
        case .notHeader: "write: \(setting: "header", "'Authorization: Bearer …'")"
        case .noResponse(let base, _, .cannotResolve):
            base.origin.host.hasSuffix("-backup-sidecar")
                ? "outside of its namespace add \(setting: "namespace", "NS"); outside of Kubernetes give a URL"
                : "outside of Kubernetes forward its port first: kubectl port-forward, then \(.use(source: "service", place: "http://localhost:PORT"))"
        case .noResponse(_, _, .untrusted):
            "name the authority that signed its certificate: \(setting: "ca-file", "FILE")"
        case .noResponse(let base, _, .withoutTLS):
            "if it is meant to be unencrypted: \(.use(source: "service", place: "http://\(base.origin.authority)\(base.path)"))"
        case .noResponse(let base, _, .withTLS),
            .noResponse(let base, _, .notHTTP) where !base.origin.isSecure:
            "try https://: \(.use(source: "service", place: "https://\(base.origin.authority)\(base.path)"))"
        case .noResponse(_, _, .proxy(let origin, _, let variable?, _)):
            "correct \(variable), or connect without the proxy: NO_PROXY=\(origin.host)"
        case .noResponse(_, _, .refused), .noResponse(_, _, .cannotConnect), .noResponse(_, _, .silent),
            .noResponse(_, _, .broken):
            "if it is down, other sources may have its backups: \(.useOtherSource)"
        case .bucketServer(let base):
            """
            use its bucket: \(.use(source: "s3", place: "BUCKET")) \
            \(setting: "endpoint", "\(base.origin)")
            """
        case .notService: "check the URL: it is the service's own, without /v1"
        case .redirected: "name the URL that it redirects to, if you trust it"
        case .denied:
            "give what it asks for: \(setting: "header", "'Name: value'"), or \(setting: "cert", "FILE") and \(setting: "key", "FILE")"
        case .incompatible:
            "an older one may do: list them all (\(.useOtherSource)), or ask for one: \(.pickRevisionOfVersion)"
        case .cannotListClusters: "choose it by its name: \(.chooseCluster)"
        case .otherCluster: "for another cluster use its own service: \(.use(source: "service", place: "[URL]"))"
        case .otherBackup: "pick again: it may have made a new one"
        case .refused(_, Self.newBackup, _, _): "take the newest that it has: \(.takeNewest)"
        case .refused: "if it stays so, other sources may have its backups: \(.useOtherSource)"
        case .noResponse: nil
        }
    }
}

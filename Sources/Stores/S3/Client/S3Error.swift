package import Backups
package import HTTP
import Text

/// Why a bucket could not be listed or read.
package enum S3Error: UserError, Equatable {
    /// What was to be done: `list bucket 'backups'`, `read v1/foo/3.1.0_…`.
    package typealias Purpose = String

    case noSuchBucket(String, origin: HTTPOrigin)
    /// The permission is absent where more is amiss than that, as the reason tells.
    case denied(Purpose, permission: String?, credentials: String, reason: String?)
    /// The keys are unknown to the server, or it does not find the signature right.
    case credentialsRefused(Purpose, credentials: String, reason: String)
    case expired(Purpose, credentials: String)
    /// An object in an archive.
    case archived(key: String, version: String?, bucket: String, storageClass: String)
    case notS3(HTTPOrigin, reason: String)
    /// The server sends us where our credentials don't go.
    case redirected(Purpose, origin: HTTPOrigin, to: String?)
    case refused(Purpose, reason: String)
    case noResponse(Purpose, HTTPError, region: String?)

    /// Whether the server understood the call and said no to it, in whichever words.
    var isRefusal: Bool {
        switch self {
        case .denied, .refused, .notS3: true
        default: false
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .archived, .refused: .failed
        default: .unreachable
        }
    }

    package var description: String {
        switch self {
        case .noSuchBucket(let bucket, let origin):
            "cannot list bucket '\(bucket.printable)': there is no such bucket at \(origin)"
        case .denied(let purpose, _, let credentials, let reason):
            "cannot \(purpose): access denied to \(credentials)" + (reason.map { " (\($0.printable))" } ?? "")
        case .credentialsRefused(let purpose, let credentials, let reason):
            "cannot \(purpose): the server refuses \(credentials): \(reason.printable)"
        case .expired(let purpose, let credentials):
            "cannot \(purpose): \(credentials) have expired"
        case .archived(let key, _, _, let storageClass):
            "cannot read \(key.printable): it is archived (\(storageClass.printable))"
        case .notS3(let origin, let reason):
            "cannot use \(origin) as an S3 server: \(reason)"
        case .redirected(let purpose, let origin, let target):
            "cannot \(purpose): \(origin) redirects to "
                + (target.map { "\($0.printable), where credentials are not sent" } ?? "nowhere")
        case .refused(let purpose, let reason):
            "cannot \(purpose): \(reason.printable)"
        case .noResponse(let purpose, let error, _):
            "cannot \(purpose): \(error)"
        }
    }

    package var hint: String? {
        switch self {
        case .noSuchBucket: "check its name; --endpoint names another server, --profile another account"
        case .denied(_, let permission, _, _): permission.map { "they need the permission \($0)" }
        case .credentialsRefused: "check the keys, or name another profile with --profile"
        case .expired: "get new ones as you got these (for SSO: aws sso login), then go on"
        case .archived(let key, let version, let bucket, _):
            "bring it back first, which takes hours: aws s3api restore-object --bucket \(bucket.printable)"
                + " --key '\(key.printable.replacing("'", with: "'\\''"))'\(version.map { " --version-id '\($0.printable)'" } ?? "")"
                + " --restore-request Days=7; then get it again"
        case .notS3: "check --endpoint: it is the server's own URL, http:// or https://, without the bucket"
        case .redirected: "name the server it redirects to with --endpoint, if you trust it"
        case .noResponse(_, .cannotResolve, let region?):
            "is '\(region)' the right region? --region names another, --endpoint a server that is not AWS"
        case .noResponse(_, .cannotResolve, nil), .noResponse(_, .refused, _), .noResponse(_, .cannotConnect, _):
            "check --endpoint, and that the network reaches it"
        case .noResponse(_, .untrusted, _): "name the authority that signed its certificate with --ca-file FILE"
        case .noResponse(_, .misnamed, _): "name it with --endpoint as its certificate does"
        case .noResponse(_, .withoutTLS(let origin), _):
            "if it is meant to be unencrypted: --endpoint http://\(origin.authority)"
        case .noResponse, .refused: nil
        }
    }
}

package import Backups
package import HTTP
import Text

/// Why a bucket could not be listed or read.
package enum S3Error: UserError, Equatable {
    /// What was to be done: `list bucket 'backups'`, `read v1/foo/3.1.0_…`.
    package typealias Purpose = String

    case noSuchBucket(String, origin: HTTPOrigin)
    /// The permission is absent where something else is wrong, too: the reason says what.
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

    package var code: String {
        switch self {
        case .noSuchBucket: "s3.no-such-bucket"
        case .denied: "s3.denied"
        case .credentialsRefused: "s3.credentials-refused"
        case .expired: "s3.credentials-expired"
        case .archived: "s3.archived"
        case .notS3: "s3.not-s3"
        case .redirected: "s3.redirected"
        case .refused: "s3.refused"
        case .noResponse: "s3.no-response"
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

    package var nextStep: NextStep? {
        switch self {
        case .noSuchBucket:
            "check its name; \(setting: "endpoint") names another server, \(setting: "profile") another account"
        case .denied(_, let permission, _, _): permission.map { "they need the permission \($0)" }
        case .credentialsRefused: "check the keys, or name another profile with \(setting: "profile")"
        case .expired: "renew them (for SSO: aws sso login), then try again"
        case .archived(let key, let version, let bucket, _):
            "restore the object first, which takes hours: \(.run(Self.restoreCommand(key, version, bucket))); then download it again"
        case .notS3: "check \(setting: "endpoint"): it is the server's own URL, http:// or https://, without the bucket"
        case .redirected: "if you trust the server that it redirects to, name that with \(setting: "endpoint")"
        case .noResponse(_, .cannotResolve, let region?):
            "is '\(region)' the right region? \(setting: "region") names another, \(setting: "endpoint") a server that is not AWS"
        case .noResponse(_, .cannotResolve, nil), .noResponse(_, .refused, _), .noResponse(_, .cannotConnect, _):
            "check the address (\(setting: "endpoint"), AWS_ENDPOINT_URL), and that the network reaches it"
        case .noResponse(_, .untrusted, _):
            "name the authority that signed its certificate: \(setting: "ca-file", "FILE")"
        case .noResponse(_, .misnamed, _): "name it with \(setting: "endpoint") as its certificate does"
        case .noResponse(_, .withoutTLS(let origin), _):
            "if it is meant to be unencrypted: \(setting: "endpoint", "http://\(origin.authority)")"
        case .noResponse(_, .withTLS(let origin), _),
            .noResponse(_, .notHTTP(let origin), _) where !origin.isSecure:
            "try https://: \(setting: "endpoint", "https://\(origin.authority)")"
        case .noResponse(_, .proxy(let origin, _, let variable?, _), _):
            "correct \(variable), or connect without the proxy: NO_PROXY=\(origin.host)"
        case .noResponse(_, .silent, _), .noResponse(_, .broken, _):
            "try again; if it stays so, look at the server, or use other sources: \(.useOtherSource)"
        case .noResponse, .refused: nil
        }
    }

    /// The AWS CLI's command that restores an archived object, as one types it in a shell.
    private static func restoreCommand(_ key: String, _ version: String?, _ bucket: String) -> String {
        func option(_ name: String, _ value: String) -> String {
            "--\(name) '\(value.printable.replacing("'", with: "'\\''"))'"
        }
        let words =
            ["aws s3api restore-object", option("bucket", bucket), option("key", key)]
            + (version.map { [option("version-id", $0)] } ?? []) + ["--restore-request Days=7"]
        return words.joined(separator: " ")
    }
}

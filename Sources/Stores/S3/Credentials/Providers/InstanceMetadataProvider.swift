import Backups
import FoundationEssentials
import HTTP
import Text

/// The role of an EC2 instance, from its metadata service: `AWS_EC2_METADATA_SERVICE_ENDPOINT` and `…_MODE`,
/// `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_V1_DISABLED`, or the same in the profile.
///
/// That nothing answers means that this is no instance; the service's own error response is an error.
struct InstanceMetadataProvider: CredentialProvider {
    let configuration: AWSConfiguration
    let context: ProviderContext

    var name: String { "the instance's role" }

    private static let rolesTarget = "/latest/meta-data/iam/security-credentials/"

    func credentials() async throws -> Credentials {
        if configuration.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            throw ProviderError.absent("AWS_EC2_METADATA_DISABLED is true")
        }
        let base = try base()
        let token = try await token(base)
        let roles = try await get(Self.rolesTarget, base, token)
        guard let role = roles.text.split(whereSeparator: \.isNewline).first else {
            throw ProviderError.absent("the instance has no role")
        }
        let response = try await get(
            Self.rolesTarget + PercentEncoding.encode(String(role), keepsSlash: false),
            base,
            token
        )
        let document = try CredentialDocument(response.body, from: "\(base)")
        if let code = document.code, code != "Success" {
            throw ProviderError.absent("\(base): \("\(code): \(document.message ?? "")".withoutSecrets)")
        }
        return extended(try document.credentials(from: "\(base)"))
    }

    /// When the service can't renew them it still returns the old ones, and AWS accepts those for a while.
    private func extended(_ credentials: Credentials) -> Credentials {
        var extended = credentials
        let now = context.clock.now
        if let expiration = credentials.expiration, expiration < now.addingTimeInterval(15 * 60) {
            extended.expiration = now.addingTimeInterval(.random(in: 17 * 60...25 * 60))
        }
        return extended
    }

    // MARK: - Requests

    private func base() throws(AWSConfigurationError) -> HTTPBase {
        let setting = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        if let url = configuration.value(setting, profile: "ec2_metadata_service_endpoint") {
            guard let base = HTTPBase(url) else {
                throw .invalid(setting: setting, value: url, expected: "a URL such as http://169.254.169.254")
            }
            return base
        }
        let mode = configuration.value(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
            profile: "ec2_metadata_service_endpoint_mode"
        )
        let host = mode?.lowercased() == "ipv6" ? "[fd00:ec2::254]" : "169.254.169.254"
        return HTTPBase(origin: HTTPOrigin(isSecure: false, host: host))
    }

    /// The token of version 2.
    ///
    /// - Returns: `nil` where the service wants none, or where its response was lost: in a container it may be one
    ///   network hop too far away. Then version 1 is asked, if that is allowed.
    private func token(_ base: HTTPBase) async throws -> String? {
        let response: HTTPResponse?
        do {
            response = try await context.exchange(
                request(.put, "/latest/api/token", base, HTTPField("x-aws-ec2-metadata-token-ttl-seconds", "21600"))
            )
        } catch HTTPError.silent {
            response = nil
        } catch let error as HTTPError {
            throw ProviderError.absent("\(error)")
        } catch let error as ClosedWorldError {
            throw ProviderError.absent("\(error)")
        }
        switch response?.status {
        case 200: return response?.text
        case 400: throw ProviderError.broken("\(base) refuses the request for a token (status 400)")
        default: break
        }
        if configuration.isTrue("AWS_EC2_METADATA_V1_DISABLED", profile: "ec2_metadata_v1_disabled") {
            throw ProviderError.absent(
                "\(base) returned no token of version 2, and AWS_EC2_METADATA_V1_DISABLED is true"
            )
        }
        return nil
    }

    private func get(_ target: String, _ base: HTTPBase, _ token: String?) async throws -> HTTPResponse {
        let field = token.map { HTTPField("x-aws-ec2-metadata-token", $0) }
        let response: HTTPResponse
        do {
            response = try await context.exchange(request(.get, target, base, field))
        } catch let error as HTTPError {
            throw ProviderError.absent("\(error)")
        }
        guard response.status == 200 else {
            throw ProviderError.absent(
                response.status == 404 ? "the instance has no role" : "\(base) answered with status \(response.status)"
            )
        }
        return response
    }

    /// It is a network hop away or not there at all: one second is long.
    private func request(_ method: HTTPRequest.Method, _ target: String, _ base: HTTPBase, _ field: HTTPField?)
        -> HTTPRequest
    {
        HTTPRequest(
            method,
            base.origin,
            target: base.path + target,
            headers: field.map { [$0] } ?? [],
            timeLimits: HTTPTimeLimits(connecting: .seconds(1), idle: .seconds(1)),
            mayUseProxy: false
        )
    }
}

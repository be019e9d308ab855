import Backups
import Blocking
import FoundationEssentials
import HTTP
import Text

/// A role that a person has by single sign-on: `sso_account_id` and `sso_role_name` of a profile, with the token that
/// `aws sso login` left, for an `[sso-session]` or, as it was once written, for the profile's own `sso_start_url`.
///
/// A token that expired is refreshed where it says how. Once a profile has one of the two settings, whatever goes wrong
/// ends the chain.
struct SSOProvider: CredentialProvider {
    let profileName: String
    let configuration: AWSConfiguration
    let context: ProviderContext

    var name: String { "SSO of profile '\(profileName)'" }

    /// What is used of a response with a role's credentials.
    private struct SSOResponse: Decodable {
        var roleCredentials: RoleCredentials

        struct RoleCredentials: Decodable {
            var accessKeyId: String
            var secretAccessKey: String
            var sessionToken: String
            /// In milliseconds since 1970.
            var expiration: Double
        }
    }

    func credentials() async throws -> Credentials {
        let profile = configuration.files.settings(of: profileName)
        guard profile?["sso_account_id"] != nil || profile?["sso_role_name"] != nil else {
            throw ProviderError.absent("profile '\(profileName)' has no sso_account_id")
        }
        let session = try session(profile)
        let account = try Self.required("sso_account_id", in: profile)
        let role = try Self.required("sso_role_name", in: profile)
        let token = try await token(session)

        let portal = try configuration.regionalEndpoint(of: "sso", prefix: "portal.sso", region: session.region)
        let query = [("role_name", role), ("account_id", account)]
            .map { "\($0)=\(PercentEncoding.encode($1, keepsSlash: false))" }.joined(separator: "&")
        let request = HTTPRequest(
            .get,
            portal.origin,
            target: "\(portal.path)/federation/credentials?\(query)",
            headers: [HTTPField("x-amz-sso_bearer_token", token)]
        )
        let response = try await context.response(to: request)
        switch response.status {
        case 200: break
        case 401: throw ProviderError.broken("its session is no longer valid", nextStep: login)
        default:
            throw ProviderError.broken(
                "\(portal) answered with status \(response.status) for the role \(role) in account \(account)"
            )
        }
        guard let found = try? JSONDecoder().decode(SSOResponse.self, from: Data(response.body)).roleCredentials else {
            throw ProviderError.broken("\(portal) returned no credentials")
        }
        return Credentials(
            accessKeyID: found.accessKeyId,
            secretAccessKey: found.secretAccessKey,
            sessionToken: found.sessionToken,
            expiration: Date(timeIntervalSince1970: found.expiration / 1000)
        )
    }

    private var login: NextStep { "log in: \(.run("aws sso login --profile \(profileName.printable)"))" }

    // MARK: - Session

    private struct SSOSession {
        /// What its token is kept under.
        var key: String
        var region: String
        /// A profile's own start URL has tokens that can't be refreshed.
        var isRefreshable: Bool
    }

    private func session(_ profile: AWSSettings?) throws -> SSOSession {
        guard let name = profile?["sso_session"] else {
            return SSOSession(
                key: try Self.required("sso_start_url", in: profile),
                region: try Self.region(in: profile),
                isRefreshable: false
            )
        }
        guard let settings = configuration.files.config[.session(name)] else {
            throw ProviderError.broken("there is no [sso-session \(name)] in \(configuration.files.configName)")
        }
        return SSOSession(key: name, region: try Self.region(in: settings), isRefreshable: true)
    }

    private static func region(in settings: AWSSettings?) throws -> String {
        let region = try required("sso_region", in: settings)
        try AWSConfiguration.check(region)
        return region
    }

    private static func required(_ setting: String, in settings: AWSSettings?) throws(ProviderError) -> String {
        guard let value = settings?[setting] else { throw .broken("it has no \(setting)") }
        return value
    }

    // MARK: - Token

    private func token(_ session: SSOSession) async throws -> String {
        guard let home = configuration.home else {
            throw ProviderError.broken("there is no home folder to keep its session in")
        }
        let path = SSOToken.path(key: session.key, home: home)
        guard let token = await SSOToken.read(path) else {
            throw ProviderError.broken("no one is logged in", nextStep: login)
        }
        if token.isValid(at: context.clock.now) { return token.accessToken }
        guard session.isRefreshable, let refreshed = try await refreshed(token, region: session.region) else {
            throw ProviderError.broken("its session expired at \(token.expiresAt)", nextStep: login)
        }
        try? await BlockingWork.smallFile(at: path) { refreshed.save(to: path) }
        try Task.checkCancellation()
        return refreshed.accessToken
    }

    private struct RefreshRequest: Encodable {
        let grantType = "refresh_token"
        var clientId: String
        var clientSecret: String
        var refreshToken: String
    }

    private struct RefreshResponse: Decodable {
        var accessToken: String
        /// In seconds.
        var expiresIn: Double
        var refreshToken: String?
    }

    /// - Returns: `nil` where it can't be refreshed: only a person can log in again.
    private func refreshed(_ token: SSOToken, region: String) async throws -> SSOToken? {
        guard let clientId = token.clientId, let clientSecret = token.clientSecret,
            let refreshToken = token.refreshToken
        else { return nil }
        let endpoint = try configuration.regionalEndpoint(of: "sso_oidc", prefix: "oidc", region: region)
        let body = RefreshRequest(clientId: clientId, clientSecret: clientSecret, refreshToken: refreshToken)
        let request = HTTPRequest(
            .post,
            endpoint.origin,
            target: "\(endpoint.path)/token",
            headers: [HTTPField("Content-Type", "application/json")],
            body: Array(try JSONEncoder().encode(body))
        )
        let response = try await context.response(to: request)
        guard response.status == 200,
            let fresh = try? JSONDecoder().decode(RefreshResponse.self, from: Data(response.body))
        else { return nil }
        var refreshed = token
        refreshed.accessToken = fresh.accessToken
        refreshed.expiresAt = InternetTime.text(of: context.clock.now.addingTimeInterval(fresh.expiresIn))
        refreshed.refreshToken = fresh.refreshToken ?? token.refreshToken
        return refreshed
    }
}

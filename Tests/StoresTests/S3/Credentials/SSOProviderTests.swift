import Backups
import Foundation
import HTTP
import TestSupport
import Testing

@testable import S3Store

@Suite("Single sign-on")
struct SSOProviderTests {
    private static let config = """
        [profile prod]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Read Only
        region = us-west-2
        [sso-session corp]
        sso_region = eu-west-1
        sso_start_url = https://corp.awsapps.com/start
        [profile old]
        sso_start_url = https://old.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 1
        sso_role_name = R
        [profile no-role]
        sso_session = corp
        sso_account_id = 1
        [profile no-session]
        sso_account_id = 1
        sso_role_name = R
        [profile other-session]
        sso_session = other
        sso_account_id = 1
        sso_role_name = R
        """
    /// The SHA-1 of `corp` and of the old profile's start URL, by coreutils' `sha1sum`.
    private static let sessionFile = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"
    private static let oldFile = ".aws/sso/cache/33d5ca4bf3b1a62edb96b47f7c203034a43ac435.json"
    private static let role = AWSWorld.Step.answer(
        200,
        """
        {"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"SECRET","sessionToken":"tokenSECRET",
        "expiration":1769850000000}}
        """
    )
    private static let login: NextStep = "log in: \(.run("aws sso login --profile prod"))"

    private func world(_ token: String? = nil, _ steps: AWSWorld.Step...) throws -> AWSWorld {
        let world = try AWSWorld(config: Self.config, steps)
        if let token { try world.folder.write(token.utf8, to: Self.sessionFile) }
        return world
    }

    @Test("asks for the role with the token of the session")
    func session() async throws {
        let world = try world(#"{"accessToken":"accessSECRET","expiresAt":"2026-01-31T08:00:01Z"}"#, Self.role)
        let found = try await world.resolve(profile: "prod")
        #expect(found.provider == "SSO of profile 'prod'")
        #expect(
            found.credentials
                == Credentials(
                    accessKeyID: "ASIASSO",
                    secretAccessKey: "SECRET",
                    sessionToken: "tokenSECRET",
                    expiration: AWSWorld.now.addingTimeInterval(3600)
                )
        )
        let request = try #require(world.requests.first)
        #expect(request.method == .get)
        #expect("\(request.origin)" == "https://portal.sso.eu-west-1.amazonaws.com")
        #expect(request.target == "/federation/credentials?role_name=Read%20Only&account_id=123456789012")
        #expect(request.headers == [HTTPField("x-amz-sso_bearer_token", "accessSECRET")])
    }

    @Test("knows the profiles that have a start URL of their own, and the times of older caches")
    func legacy() async throws {
        let world = try world(nil, Self.role)
        let token = #"{"accessToken":"a","expiresAt":"2026-01-31T09:00:00UTC","refreshToken":"x","clientId":"c"}"#
        try world.folder.write(token.utf8, to: Self.oldFile)
        #expect(try await world.resolve(profile: "old").provider == "SSO of profile 'old'")
        try world.folder.write(token.replacing("09:00", with: "07:00").utf8, to: Self.oldFile)
        let error = try await world.failure(profile: "old")
        #expect(error.last == "its session expired at 2026-01-31T07:00:00UTC")
        #expect(error.nextStep == "log in: \(.run("aws sso login --profile old"))")
    }

    @Test("refreshes a token that expired, and keeps the new one for the AWS tools")
    func refresh() async throws {
        let old = """
            {"accessToken":"old","expiresAt":"2026-01-31T08:00:00Z","refreshToken":"refreshSECRET","clientId":"id",
            "clientSecret":"clientSECRET","region":"eu-west-1","startUrl":"https://corp.awsapps.com/start",
            "registrationExpiresAt":"2026-03-01T00:00:00Z"}
            """
        let fresh = #"{"accessToken":"newSECRET","expiresIn":600,"refreshToken":"nextSECRET","tokenType":"Bearer"}"#
        let world = try world(old, .answer(200, fresh), Self.role)
        _ = try await world.resolve(profile: "prod")
        let request = try #require(world.requests.first)
        #expect(
            "\(request.method) \(request.origin)\(request.target)" == "post https://oidc.eu-west-1.amazonaws.com/token"
        )
        #expect(request.headers == [HTTPField("Content-Type", "application/json")])
        let body = try JSONDecoder().decode([String: String].self, from: Data(request.body))
        #expect(
            body == [
                "grantType": "refresh_token", "clientId": "id", "clientSecret": "clientSECRET",
                "refreshToken": "refreshSECRET",
            ]
        )
        #expect(world.requests.last?.header("x-amz-sso_bearer_token") == "newSECRET")
        let kept = try JSONDecoder().decode(
            [String: String].self,
            from: Data(try world.folder.read(Self.sessionFile))
        )
        #expect(
            kept == [
                "accessToken": "newSECRET", "expiresAt": "2026-01-31T08:10:00Z", "refreshToken": "nextSECRET",
                "clientId": "id", "clientSecret": "clientSECRET", "region": "eu-west-1",
                "startUrl": "https://corp.awsapps.com/start", "registrationExpiresAt": "2026-03-01T00:00:00Z",
            ]
        )
        #expect(try world.folder.mode(of: Self.sessionFile) == 0o600)
        #expect(try world.folder.names(in: ".aws/sso/cache").count == 1)
    }

    @Test("asks for a login where no one is logged in or the session can't be refreshed")
    func login() async throws {
        let none = try await world().failure(profile: "prod")
        #expect(none.last == "no one is logged in")
        #expect(none.nextStep == Self.login)
        let garbled = try await world("SECRET").failure(profile: "prod")
        #expect(garbled.last == "no one is logged in")
        let expired = #"{"accessToken":"SECRET","expiresAt":"2026-01-31T08:00:00Z""#
        let plain = try await world(expired + "}").failure(profile: "prod")
        #expect(plain.last == "its session expired at 2026-01-31T08:00:00Z")
        #expect(plain.nextStep == Self.login)
        let token = expired + #","refreshToken":"SECRET","clientId":"id","clientSecret":"SECRET"}"#
        let refused = try await world(token, .answer(400, #"{"error":"invalid_grant"}"#)).failure(profile: "prod")
        #expect(refused.last == "its session expired at 2026-01-31T08:00:00Z")
        let rejected = try await world(token.replacing("08:00", with: "09:00"), .answer(401, "SECRET"))
            .failure(profile: "prod")
        #expect(rejected.last == "its session is no longer valid")
        #expect(rejected.nextStep == Self.login)
    }

    @Test(
        "ends the chain where it is half configured",
        arguments: [
            ("no-role", "it has no sso_role_name"),
            ("no-session", "it has no sso_start_url"),
            ("other-session", "there is no [sso-session other] in ~/.aws/config"),
        ]
    )
    func misconfigured(profile: String, reason: String) async throws {
        let error = try await world().failure(profile: profile)
        #expect(error.last == reason)
        #expect(error.attempts.last?.provider == "SSO of profile '\(profile)'")
    }

    @Test(
        "says what is odd about the answer",
        arguments: [
            (
                AWSWorld.Step.answer(403, "SECRET"),
                "answered with status 403 for the role Read Only in account 123456789012"
            ),
            (.answer(200, #"{"roleCredentials":{"secretAccessKey":"SECRET"}}"#), "returned no credentials"),
        ]
    )
    func oddAnswers(step: AWSWorld.Step, reason: String) async throws {
        let token = #"{"accessToken":"SECRET","expiresAt":"2026-01-31T09:00:00Z"}"#
        let error = try await world(token, step).failure(profile: "prod")
        #expect(error.last == "https://portal.sso.eu-west-1.amazonaws.com \(reason)")
    }
}

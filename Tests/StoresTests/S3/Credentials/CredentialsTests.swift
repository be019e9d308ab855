import Backups
import Foundation
import Testing

@testable import S3Store

@Suite("AWS credentials")
struct CredentialsTests {
    @Test("never show a secret, printed, interpolated, reflected or dumped")
    func secrets() {
        let credentials = Credentials(
            accessKeyID: "AKIASECRET",
            secretAccessKey: "keySECRET",
            sessionToken: "tokenSECRET",
            expiration: AWSWorld.now
        )
        #expect("\(credentials)" == "AWS credentials until 2026-01-31T08:00:00Z")
        let found = FoundCredentials(credentials: credentials, provider: "the environment")
        var text = "\(credentials) \(String(reflecting: credentials)) \(found) \(Optional(found) as Any)"
        dump(found, to: &text)
        dump([credentials], to: &text)
        #expect(!text.contains("SECRET"))
    }
}

@Suite("The providers of AWS credentials")
struct CredentialChainTests {
    private static let environment = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "envSECRET"]
    private static let files = (
        config: """
        [default]
        aws_access_key_id = AKIACONFIG
        aws_secret_access_key = configSECRET
        [profile half]
        aws_access_key_id = AKIACONFIG
        """,
        credentials: """
        [default]
        aws_access_key_id = AKIAFILE
        aws_secret_access_key = fileSECRET
        aws_session_token = fileTokenSECRET
        """
    )

    @Test("begin with the environment, with its token and its end")
    func environment() async throws {
        let world = try AWSWorld(config: Self.files.config, credentials: Self.files.credentials)
        let more = ["AWS_SESSION_TOKEN": "a", "AWS_CREDENTIAL_EXPIRATION": "2026-01-31T09:00:00+00:00"]
        let found = try await world.resolve(Self.environment.merging(more) { $1 })
        #expect(found.provider == "the environment")
        #expect(found.credentials.accessKeyID == "AKIAENV")
        #expect(found.credentials.secretAccessKey == "envSECRET")
        #expect(found.credentials.sessionToken == "a")
        #expect(found.credentials.expiration == AWSWorld.now.addingTimeInterval(3600))

        let older = try await world.resolve(
            Self.environment.merging(["AWS_SESSION_TOKEN": "a", "AWS_SECURITY_TOKEN": "b"]) { $1 }
        )
        #expect(older.credentials.sessionToken == "b")
    }

    @Test("leave the environment's keys out where --profile names a profile, not where AWS_PROFILE does")
    func explicitProfile() async throws {
        let world = try AWSWorld(config: Self.files.config, credentials: Self.files.credentials)
        let named = try await world.resolve(Self.environment.merging(["AWS_PROFILE": "default"]) { $1 })
        #expect(named.provider == "the environment")
        let explicit = try await world.resolve(Self.environment, profile: "default")
        #expect(explicit.provider == "profile 'default' in ~/.aws/credentials")
        #expect(explicit.credentials.accessKeyID == "AKIAFILE")
        #expect(explicit.credentials.sessionToken == "fileTokenSECRET")
    }

    @Test("take the credentials file's keys before the config file's")
    func files() async throws {
        let both = try AWSWorld(config: Self.files.config, credentials: Self.files.credentials)
        #expect(try await both.resolve().credentials.accessKeyID == "AKIAFILE")
        let one = try AWSWorld(config: Self.files.config)
        let found = try await one.resolve()
        #expect(found.credentials.accessKeyID == "AKIACONFIG")
        #expect(found.provider == "profile 'default' in ~/.aws/config")
    }

    @Test(
        "end with half a pair of keys",
        arguments: [
            (["AWS_ACCESS_KEY_ID": "A"], "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"),
            (["AWS_SECRET_ACCESS_KEY": "SECRET"], "AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not"),
            (["AWS_PROFILE": "half"], "aws_access_key_id is set and aws_secret_access_key is not"),
        ]
    )
    func halves(environment: [String: String], reason: String) async throws {
        let world = try AWSWorld(config: Self.files.config, credentials: Self.files.credentials)
        let error = try await world.failure(environment)
        #expect(error.last == reason)
        #expect(error.isBroken)
    }

    @Test("end with what has expired, or says so in no time that can be read")
    func expired() async throws {
        let world = try AWSWorld()
        let past = try await world.failure(
            Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": "2026-01-31T07:59:59.5Z"]) { $1 }
        )
        #expect(past.last == "its credentials expired at 2026-01-31T07:59:59Z")
        let odd = try await world.failure(Self.environment.merging(["AWS_CREDENTIAL_EXPIRATION": "SECRET"]) { $1 })
        #expect(odd.last == "AWS_CREDENTIAL_EXPIRATION is not a time such as 2026-01-31T08:15:00Z")
    }

    @Test("are all named where none has any, each with its reason and in their order")
    func nothing() async throws {
        let error = try await AWSWorld().failure()
        #expect(
            ([error.description] + error.tried.map { "  \($0)" }).joined(separator: "\n") == """
                cannot get AWS credentials: there are none in any of the usual places
                  the environment: AWS_ACCESS_KEY_ID is not set
                  the role of profile 'default': profile 'default' has no role_arn
                  web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set, and profile 'default' has no \
                web_identity_token_file
                  SSO of profile 'default': profile 'default' has no sso_account_id
                  profile 'default' in ~/.aws/credentials: there is no such profile
                  the credential_process of profile 'default': profile 'default' has no credential_process
                  profile 'default' in ~/.aws/config: there is no such profile
                  the container's role: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and \
                AWS_CONTAINER_CREDENTIALS_FULL_URI are not set
                  the instance's role: http://169.254.169.254 refuses connections
                """
        )
        #expect(
            error.nextStep
                == "export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY before snapsh starts, or name a profile with \(setting: "profile")"
        )
        #expect(error.category == .unreachable)
    }

    @Test("are named up to the one that does not work")
    func broken() async throws {
        let error = try await AWSWorld().failure(["AWS_ACCESS_KEY_ID": "A"])
        #expect(
            ([error.description] + error.tried.map { "  \($0)" }).joined(separator: "\n") == """
                cannot get AWS credentials: the environment does not work
                  the environment: AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not
                """
        )
    }

    @Test("end at once where the task is cancelled")
    func cancelled() async throws {
        struct Cancelled: CredentialProvider {
            var name: String { "x" }
            func credentials() async throws -> Credentials { throw CancellationError() }
        }
        let chain = CredentialChain(providers: [Cancelled()], now: { AWSWorld.now })
        await #expect(throws: CancellationError.self) { try await chain.resolve() }
    }
}

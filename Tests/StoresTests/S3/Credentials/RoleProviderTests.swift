import Foundation
import HTTP
import TestSupport
import Testing

@testable import S3Store

@Suite("A role that is taken on")
struct AssumeRoleProviderTests {
    private static let config = """
        [profile prod]
        role_arn = arn:aws:iam::1:role/prod
        source_profile = base
        external_id = ext/1
        duration_seconds = 900
        role_session_name = me
        region = eu-west-1
        [profile top]
        role_arn = arn:aws:iam::2:role/top
        source_profile = prod
        region = us-west-2
        [profile self]
        role_arn = arn:aws:iam::1:role/self
        source_profile = self
        aws_access_key_id = AKIASELF
        aws_secret_access_key = selfSECRET
        [profile loop-a]
        role_arn = a
        source_profile = loop-b
        [profile loop-b]
        role_arn = b
        source_profile = loop-a
        [profile loop]
        role_arn = a
        source_profile = loop
        [profile environment]
        role_arn = a
        credential_source = Environment
        [profile container]
        role_arn = a
        credential_source = EcsContainer
        [profile instance]
        role_arn = a
        credential_source = Ec2InstanceMetadata
        [profile odd]
        role_arn = a
        credential_source = Magic
        [profile neither]
        role_arn = a
        [profile both]
        role_arn = a
        source_profile = base
        credential_source = Environment
        [profile mfa]
        role_arn = a
        source_profile = base
        mfa_serial = arn:aws:iam::1:mfa/me
        [profile missing]
        role_arn = a
        source_profile = nowhere
        [profile keyless]
        role_arn = a
        source_profile = empty
        [profile empty]
        """
    private static let credentials = "[base]\naws_access_key_id=AKIABASE\naws_secret_access_key=baseSECRET\n"

    private func world(_ steps: AWSWorld.Step...) throws -> AWSWorld {
        try AWSWorld(config: Self.config, credentials: Self.credentials, steps)
    }

    @Test("is asked for at the region's STS, signed with the keys of its source")
    func request() async throws {
        let world = try world(STSResponse.credentials("AssumeRole"))
        let found = try await world.resolve(profile: "prod")
        #expect(found.provider == "the role of profile 'prod'")
        #expect(found.credentials == STSResponse.role)
        let request = try #require(world.requests.first)
        #expect(world.requests.count == 1)
        #expect(request.method == .post)
        #expect("\(request.origin)" == "https://sts.eu-west-1.amazonaws.com")
        #expect(request.target == "/")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(
            request.text == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fprod"
                + "&RoleSessionName=me&ExternalId=ext%2F1&DurationSeconds=900"
        )
        let signed = try #require(request.header("Authorization"))
        #expect(signed.contains("Credential=AKIABASE/20260131/eu-west-1/sts/aws4_request,"))
        #expect(signed.contains("SignedHeaders=content-type;host;x-amz-date,"))
        #expect(request.header("X-Amz-Security-Token") == nil)
    }

    @Test("is the source of another role, and every request goes to the region of the first profile")
    func chained() async throws {
        let world = try world(STSResponse.credentials("AssumeRole"), STSResponse.credentials("AssumeRole"))
        #expect(try await world.resolve(profile: "top").provider == "the role of profile 'top'")
        #expect(world.requests.map { $0.form["RoleArn"] } == ["arn:aws:iam::1:role/prod", "arn:aws:iam::2:role/top"])
        #expect(Set(world.requests.map(\.origin.host)) == ["sts.us-west-2.amazonaws.com"])
        let second = try #require(world.requests.last)
        #expect(second.header("X-Amz-Security-Token") == "tokenSECRET")
        #expect(second.header("Authorization")?.contains("x-amz-date;x-amz-security-token") == true)
        #expect(second.form["RoleSessionName"] == "snapsh-1769846400")
    }

    @Test("may have its source's keys in its own profile")
    func ownKeys() async throws {
        let world = try world(STSResponse.credentials("AssumeRole"))
        _ = try await world.resolve(profile: "self")
        #expect(world.requests.first?.header("Authorization")?.contains("AKIASELF") == true)
        #expect("\(try #require(world.requests.first).origin)" == "https://sts.amazonaws.com")
    }

    @Test("goes to the endpoint that is configured, to FIPS and to China")
    func endpoints() async throws {
        let expected = [
            (["AWS_ENDPOINT_URL": "http://localhost:9000/sts"], "http://localhost:9000", "/sts/"),
            (["AWS_USE_FIPS_ENDPOINT": "true"], "https://sts-fips.eu-west-1.amazonaws.com", "/"),
            (["AWS_REGION": "cn-north-1"], "https://sts.cn-north-1.amazonaws.com.cn", "/"),
        ]
        for (environment, origin, target) in expected {
            let world = try world(STSResponse.credentials("AssumeRole"))
            _ = try await world.resolve(environment, profile: "prod")
            let request = try #require(world.requests.first)
            #expect("\(request.origin)" == origin)
            #expect(request.target == target)
        }
    }

    @Test("goes before web identity and keys, and behind the environment's keys")
    func order() async throws {
        let world = try world(STSResponse.credentials("AssumeRole"))
        let more = ["AWS_PROFILE": "prod", "AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "x"]
        #expect(try await world.resolve(more).provider == "the role of profile 'prod'")
        let keys = ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_PROFILE": "prod"]
        #expect(try await world.resolve(keys).provider == "the environment")
    }

    @Test("takes the environment, the container or the instance as its source")
    func sources() async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "envSECRET"]
        let environment = try world(STSResponse.credentials("AssumeRole"))
        _ = try await environment.resolve(keys, profile: "environment")
        #expect(environment.requests.last?.header("Authorization")?.contains("AKIAENV") == true)

        let json = #"{"Code":"Success","AccessKeyId":"ASIAX","SecretAccessKey":"SECRET","Token":"SECRET"}"#
        let container = try world(.answer(200, json), STSResponse.credentials("AssumeRole"))
        _ = try await container.resolve(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], profile: "container")
        #expect(container.requests.last?.header("Authorization")?.contains("ASIAX") == true)

        let instance = try world(
            .answer(200, "token"),
            .answer(200, "role"),
            .answer(200, json),
            STSResponse.credentials("AssumeRole")
        )
        _ = try await instance.resolve(profile: "instance")
        #expect(instance.requests.last?.header("Authorization")?.contains("ASIAX") == true)
    }

    @Test(
        "ends the chain where it is configured wrongly",
        arguments: [
            ("neither", "it has neither source_profile nor credential_source"),
            ("both", "it has both source_profile and credential_source"),
            ("odd", "its credential_source is none of Environment, EcsContainer, Ec2InstanceMetadata"),
            ("missing", "its source_profile 'nowhere' is in neither of the AWS files"),
            ("loop", "its source_profile leads back to itself: loop, loop"),
            (
                "loop-a",
                "its source gives no credentials (the role of profile 'loop-b': its source_profile leads back to "
                    + "itself: loop-a, loop-b, loop-a)"
            ),
            ("mfa", "it needs a code of an MFA device (mfa_serial), and snapsh does not ask for one"),
            (
                "environment",
                "its source gives no credentials (the environment: AWS_ACCESS_KEY_ID is not set)"
            ),
        ]
    )
    func misconfigured(profile: String, reason: String) async throws {
        let world = try world()
        let error = try await world.failure(profile: profile)
        #expect(error.last == reason)
        #expect(error.isBroken)
        #expect(error.attempts.map(\.provider) == ["the role of profile '\(profile)'"])
        #expect(world.requests.isEmpty)
    }

    @Test("names all that its source profile lacks")
    func keyless() async throws {
        let error = try await world().failure(profile: "keyless")
        #expect(error.last.hasPrefix("its source gives no credentials (web identity of profile 'empty': profile"))
        #expect(error.last.contains("profile 'empty' in ~/.aws/config: aws_access_key_id is not set"))
    }

    @Test("tells what STS says, without secrets")
    func refused() async throws {
        let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        let role = "arn:aws:sts::123456789012:assumed-role/Production/snapsh-1769846400"
        let world = try world(STSResponse.error(403, "AccessDenied", "User: \(role) may not, by \(key)"))
        let error = try await world.failure(profile: "prod")
        #expect(
            error.last
                == "https://sts.eu-west-1.amazonaws.com refuses: AccessDenied: User: \(role) may not, by ***"
        )
        #expect(world.requests.count == 1)
    }

    @Test(
        "says what is odd about the answer",
        arguments: [
            (AWSWorld.Step.answer(404, "<html>"), "answered with status 404"),
            (.answer(200, "<a></a>"), "returned no credentials"),
            (.answer(200, ""), "returned no credentials"),
            (.answer(200, "<!DOCTYPE a><a></a>"), "returned no credentials"),
            (STSResponse.credentials("AssumeRole", expiration: "soon"), "returned no credentials"),
        ]
    )
    func oddAnswers(step: AWSWorld.Step, reason: String) async throws {
        let error = try await world(step).failure(profile: "prod")
        #expect(error.last == "https://sts.eu-west-1.amazonaws.com \(reason)")
    }

    @Test("is no use where it has expired already")
    func expired() async throws {
        let world = try world(STSResponse.credentials("AssumeRole", expiration: "2026-01-31T08:00:00Z"))
        #expect(try await world.failure(profile: "prod").last == "its credentials expired at 2026-01-31T08:00:00Z")
    }

    @Test("is asked for again where this machine's clock is off, signed by the server's time")
    func clock() async throws {
        let late = "Sat, 31 Jan 2026 10:00:00 GMT"
        let refusal = STSResponse.error(403, "SignatureDoesNotMatch", "Signature expired", date: late)
        let role = STSResponse.credentials("AssumeRole", expiration: "2026-01-31T11:00:00Z", date: late)
        let world = try world(refusal, role)
        #expect(try await world.resolve(profile: "prod").credentials.accessKeyID == "ASIAROLE")
        #expect(world.requests.map { $0.header("X-Amz-Date") } == ["20260131T080000Z", "20260131T100000Z"])

        let refused = try self.world(refusal, refusal, role)
        #expect(try await refused.failure(profile: "prod").last.contains("refuses: SignatureDoesNotMatch"))
        #expect(refused.requests.count == 2)

        let right = try self.world(STSResponse.error(403, "AccessDenied", "no", date: "Sat, 31 Jan 2026 08:01:00 GMT"))
        #expect(try await right.failure(profile: "prod").last.contains("refuses: AccessDenied"))
        #expect(right.requests.count == 1)
    }

    @Test("is asked for up to three times where STS is busy or silent")
    func retries() async throws {
        let origin = HTTPOrigin(isSecure: true, host: "sts.eu-west-1.amazonaws.com")
        let silent = AWSWorld.Step.failure(.silent(origin, seconds: 30))
        let good = try world(.answer(503, ""), silent, STSResponse.credentials("AssumeRole"))
        #expect(try await good.resolve(profile: "prod").credentials == STSResponse.role)
        #expect(good.requests.count == 3)
        let bad = try world(silent, silent, silent, STSResponse.credentials("AssumeRole"))
        #expect(try await bad.failure(profile: "prod").last == "\(origin) sent nothing for 30 s")
        let busy = try world(
            .answer(503, ""),
            .answer(500, ""),
            .answer(429, ""),
            STSResponse.credentials("AssumeRole")
        )
        #expect(try await busy.failure(profile: "prod").last == "\(origin) answered with status 429")
    }
}

@Suite("A web identity")
struct WebIdentityProviderTests {
    private static let environment = ["AWS_ROLE_ARN": "arn:aws:iam::1:role/pod", "AWS_REGION": "eu-west-1"]

    @Test("takes on its role with the token in a file, unsigned")
    func request() async throws {
        let world = try AWSWorld(
            STSResponse.credentials("AssumeRoleWithWebIdentity"),
            STSResponse.credentials("AssumeRoleWithWebIdentity")
        )
        let file = try world.folder.write("tokenSECRET\n".utf8, to: "token")
        let more = ["AWS_WEB_IDENTITY_TOKEN_FILE": file, "AWS_ROLE_SESSION_NAME": "pod"]
        let chain = try world.chain(Self.environment.merging(more) { $1 })
        let found = try await chain.resolve()
        #expect(found.provider == "web identity")
        #expect(found.credentials == STSResponse.role)
        let request = try #require(world.requests.first)
        #expect("\(request.method) \(request.origin)\(request.target)" == "post https://sts.eu-west-1.amazonaws.com/")
        #expect(request.headers.map(\.name) == ["Content-Type"])
        #expect(
            request.form == [
                "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "RoleArn": "arn:aws:iam::1:role/pod",
                "RoleSessionName": "pod", "WebIdentityToken": "tokenSECRET",
            ]
        )

        // The token has been replaced: it is read anew.
        try world.folder.write("newSECRET".utf8, to: "token")
        _ = try await chain.resolve()
        #expect(world.requests.last?.form["WebIdentityToken"] == "newSECRET")
    }

    @Test("may stand in a profile, and the environment's is left out where --profile names one")
    func profile() async throws {
        let world = try AWSWorld(
            config: "[profile pod]\nrole_arn = r\nweb_identity_token_file = ~/token\nrole_session_name = s",
            STSResponse.credentials("AssumeRoleWithWebIdentity")
        )
        try world.folder.write("tokenSECRET".utf8, to: "token")
        let found = try await world.resolve(["AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere"], profile: "pod")
        #expect(found.provider == "web identity of profile 'pod'")
        #expect(world.requests.first?.form["RoleArn"] == "r")
        #expect(world.requests.first?.form["RoleSessionName"] == "s")
    }

    @Test("holds as long as the server's clock says, whatever this machine's says")
    func clock() async throws {
        let early = "Sat, 31 Jan 2026 05:00:00 GMT"
        let world = try AWSWorld(
            STSResponse.credentials("AssumeRoleWithWebIdentity", expiration: "2026-01-31T06:00:00Z", date: early)
        )
        let file = try world.folder.write("tokenSECRET".utf8, to: "token")
        _ = try await world.resolve(Self.environment.merging(["AWS_WEB_IDENTITY_TOKEN_FILE": file]) { $1 })
        #expect(world.clock.now == AWSWorld.now.addingTimeInterval(-3 * 3600))
    }

    @Test("is asked again where its own provider does not answer STS")
    func identityProvider() async throws {
        let world = try AWSWorld(
            STSResponse.error(400, "IDPCommunicationError", "slow"),
            STSResponse.credentials("AssumeRoleWithWebIdentity")
        )
        let file = try world.folder.write("tokenSECRET".utf8, to: "token")
        _ = try await world.resolve(Self.environment.merging(["AWS_WEB_IDENTITY_TOKEN_FILE": file]) { $1 })
        #expect(world.requests.count == 2)
    }

    @Test("ends the chain where it does not work, and does not show its token")
    func broken() async throws {
        let token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJTRUNSRVQifQ.c2lnbmF0dXJl"
        let world = try AWSWorld(STSResponse.error(400, "ExpiredTokenException", "Token \(token) expired"))
        let file = try world.folder.write(token.utf8, to: "token")
        let refused = try await world.failure(Self.environment.merging(["AWS_WEB_IDENTITY_TOKEN_FILE": file]) { $1 })
        #expect(
            refused.last == "https://sts.eu-west-1.amazonaws.com refuses: ExpiredTokenException: Token *** expired"
        )
        let missing = try await world.failure(Self.environment.merging(["AWS_WEB_IDENTITY_TOKEN_FILE": "/no"]) { $1 })
        #expect(missing.last == "cannot read the token in /no: there is no such file")
        #expect(missing.attempts.last?.provider == "web identity")
        let roleless = try await world.failure(["AWS_WEB_IDENTITY_TOKEN_FILE": file])
        #expect(roleless.last == "there is a token in \(file), but no AWS_ROLE_ARN or role_arn to assume")
    }
}

import Foundation
import HTTP
import TestSupport
import Testing

@testable import S3Store

/// What a container's endpoint and the metadata of an instance answer.
private let keys = """
    {"Code":"Success","AccessKeyId":"ASIAX","SecretAccessKey":"SECRET","Token":"tokenSECRET",
    "Expiration":"2026-01-31T14:00:00Z"}
    """

@Suite("A container's role")
struct ContainerProviderTests {
    private static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private static let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"

    @Test(
        "is asked for where the environment says",
        arguments: [
            ([relative: "/v2/x?y=1", full: "https://host/"], "http://169.254.170.2/v2/x?y=1"),
            ([full: "http://169.254.170.23/v1/credentials"], "http://169.254.170.23/v1/credentials"),
            ([full: "http://[fd00:ec2::23]/v1/"], "http://[fd00:ec2::23]/v1/"),
            ([full: "http://localhost:1234/a/"], "http://localhost:1234/a/"),
            ([full: "http://127.0.0.2?x"], "http://127.0.0.2/?x"),
            ([full: "https://anywhere.example:8443/a"], "https://anywhere.example:8443/a"),
        ]
    )
    func places(environment: [String: String], url: String) async throws {
        let world = try AWSWorld(.answer(200, keys))
        let found = try await world.resolve(environment)
        #expect(found.provider == "the container's role")
        #expect(found.credentials.accessKeyID == "ASIAX")
        #expect(found.credentials.sessionToken == "tokenSECRET")
        let request = try #require(world.requests.first)
        #expect(request.method == .get)
        #expect("\(request.origin)\(request.target)" == url)
        #expect(request.headers == [HTTPField("Accept", "application/json")])
        #expect(!request.mayUseProxy)
        #expect(request.timeLimits == HTTPTimeLimits(connecting: .seconds(2), idle: .seconds(2)))
    }

    @Test("is asked for with the token in a file, read each time, or with the one in the environment")
    func tokens() async throws {
        let world = try AWSWorld(.answer(200, keys), .answer(200, keys), .answer(200, keys))
        let environment = [Self.relative: "/x", Self.token: "plainSECRET"]
        _ = try await world.resolve(environment)
        let file = try world.folder.write("fileSECRET\n".utf8, to: "token")
        let chain = try world.chain(environment.merging([Self.token + "_FILE": file]) { $1 })
        _ = try await chain.resolve()
        try world.folder.write("newSECRET".utf8, to: "token")
        _ = try await chain.resolve()
        #expect(world.requests.map { $0.header("Authorization") } == ["plainSECRET", "fileSECRET", "newSECRET"])
    }

    @Test(
        "ends the chain where it is configured wrongly",
        arguments: [
            (
                [full: "http://evil.example/SECRET"],
                "the URI of its credentials names http://evil.example, which needs https"
            ),
            ([full: "localhost/x"], "the URI of its credentials is not a URL"),
            ([full: "http://localhost/a b"], "the URI of its credentials is not a URL"),
            ([relative: "@evil.example/x"], "the URI of its credentials is not a URL"),
            ([relative: "/x", token: "SECRET\r\nX: y"], "its authorization token is not one line of plain text"),
            ([relative: "/x", token + "_FILE": "/no"], "cannot read the token in /no: there is no such file"),
        ]
    )
    func misconfigured(environment: [String: String], reason: String) async throws {
        let world = try AWSWorld()
        let error = try await world.failure(environment)
        #expect(error.last == reason)
        #expect(error.isBroken)
        #expect(world.requests.isEmpty)
    }

    @Test(
        "ends the chain where the answer is odd",
        arguments: [
            (AWSWorld.Step.answer(404, "SECRET"), "answered with status 404"),
            (.answer(200, "SECRET"), "returned no credentials in JSON"),
            (.answer(200, "{}"), "returned no AccessKeyId or no SecretAccessKey"),
        ]
    )
    func oddAnswers(step: AWSWorld.Step, reason: String) async throws {
        let error = try await AWSWorld(step).failure([Self.relative: "/x"])
        #expect(error.last == "http://169.254.170.2 \(reason)")
        #expect(error.attempts.last?.provider == "the container's role")
    }

    @Test("is asked for three times")
    func retries() async throws {
        let origin = HTTPOrigin(isSecure: false, host: "169.254.170.2")
        let silent = AWSWorld.Step.failure(.silent(origin, seconds: 2))
        let good = try AWSWorld(.answer(500, ""), silent, .answer(200, keys))
        #expect(try await good.resolve([Self.relative: "/x"]).credentials.accessKeyID == "ASIAX")
        let bad = try AWSWorld(silent, silent, silent, .answer(200, keys))
        #expect(try await bad.failure([Self.relative: "/x"]).last == "http://169.254.170.2 sent nothing for 2 s")
    }
}

@Suite("An instance's role")
struct InstanceMetadataProviderTests {
    private static let origin = HTTPOrigin(isSecure: false, host: "169.254.169.254")
    private static let roles = "/latest/meta-data/iam/security-credentials/"

    @Test("is asked for with a token of version 2")
    func version2() async throws {
        let world = try AWSWorld(.answer(200, "metaSECRET"), .answer(200, "my role\n"), .answer(200, keys))
        let found = try await world.resolve()
        #expect(found.provider == "the instance's role")
        #expect(found.credentials.accessKeyID == "ASIAX")
        #expect(found.credentials.expiration == AWSWorld.now.addingTimeInterval(6 * 3600))
        let requests = world.requests
        #expect(requests.map(\.method) == [.put, .get, .get])
        #expect(requests.map(\.target) == ["/latest/api/token", Self.roles, Self.roles + "my%20role"])
        #expect(requests.first?.headers == [HTTPField("x-aws-ec2-metadata-token-ttl-seconds", "21600")])
        for request in requests.dropFirst() {
            #expect(request.headers == [HTTPField("x-aws-ec2-metadata-token", "metaSECRET")])
        }
        for request in requests {
            #expect(request.origin == Self.origin)
            #expect(!request.mayUseProxy)
            #expect(request.timeLimits == HTTPTimeLimits(connecting: .seconds(1), idle: .seconds(1)))
        }
    }

    @Test(
        "is asked for without a token where there is none, unless that is disabled",
        arguments: [
            AWSWorld.Step.answer(403, ""), .answer(404, ""), .answer(405, ""),
            .failure(.silent(origin, seconds: 1)),
        ]
    )
    func version1(step: AWSWorld.Step) async throws {
        let world = try AWSWorld(step, .answer(200, "role"), .answer(200, keys))
        #expect(try await world.resolve().credentials.accessKeyID == "ASIAX")
        #expect(world.requests.dropFirst().flatMap(\.headers).isEmpty)
        let disabled = try AWSWorld(step, .answer(200, "role"))
        let error = try await disabled.failure(["AWS_EC2_METADATA_V1_DISABLED": "true"])
        #expect(error.last == "\(Self.origin) returned no token of version 2, and AWS_EC2_METADATA_V1_DISABLED is true")
        #expect(disabled.requests.count == 1)
    }

    @Test("is asked for at another endpoint, from the environment or the profile")
    func endpoints() async throws {
        let name = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
        let expected = [
            ([name: "http://localhost:1338/base/"], "http://localhost:1338/base/latest/api/token"),
            ([name + "_MODE": "IPv6"], "http://[fd00:ec2::254]/latest/api/token"),
            (["AWS_PROFILE": "there"], "http://profile/latest/api/token"),
        ]
        for (environment, url) in expected {
            let world = try AWSWorld(config: "[profile there]\nec2_metadata_service_endpoint = http://profile")
            _ = try await world.failure(environment)
            #expect(world.requests.map { "\($0.origin)\($0.target)" } == [url])
        }
        let odd = try await AWSWorld().failure([name: "x"])
        #expect(odd.last == "cannot use \(name): 'x' is not a URL such as http://169.254.169.254")
    }

    @Test("is not asked for where that is disabled")
    func disabled() async throws {
        let world = try AWSWorld()
        #expect(
            try await world.failure(["AWS_EC2_METADATA_DISABLED": "True"]).last == "AWS_EC2_METADATA_DISABLED is true"
        )
        #expect(world.requests.isEmpty)
    }

    @Test(
        "is missing for a reason",
        arguments: [
            ([.failure(.refused(origin))], "\(origin) refuses connections", false),
            ([.answer(400, "")], "\(origin) refuses the request for a token (status 400)", true),
            ([.answer(200, "t"), .answer(404, "")], "the instance has no role", false),
            ([.answer(200, "t"), .answer(200, "")], "the instance has no role", false),
            ([.answer(200, "t"), .answer(401, "")], "\(origin) answered with status 401", false),
            (
                [.answer(200, "t"), .answer(200, "r"), .answer(200, #"{"Code":"Failed","Message":"No trust"}"#)],
                "\(origin): Failed: No trust", false
            ),
            (
                [.answer(200, "t"), .answer(200, "r"), .answer(200, "SECRET")],
                "\(origin) returned no credentials in JSON", true
            ),
        ] as [([AWSWorld.Step], String, Bool)]
    )
    func missing(steps: [AWSWorld.Step], reason: String, isBroken: Bool) async throws {
        let error = try await AWSWorld(steps).failure()
        #expect(error.last == reason)
        #expect(error.isBroken == isBroken)
    }

    @Test("is used on for a while where the service did not renew it")
    func stale() async throws {
        let old = keys.replacing("14:00", with: "07:00")
        let world = try AWSWorld(.answer(200, "t"), .answer(200, "r"), .answer(200, old))
        let expiration = try #require(try await world.resolve().credentials.expiration)
        #expect((17 * 60...25 * 60).contains(expiration.timeIntervalSince(AWSWorld.now)))
    }
}

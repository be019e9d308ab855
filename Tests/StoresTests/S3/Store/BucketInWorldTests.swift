import Backups
import Codecs
import Foundation
import Layouts
import TestSupport
import Testing
import Text

@testable import S3Store

@Suite("A bucket in a closed world")
struct BucketInWorldTests {
    private let home: TemporaryFolder
    /// Counts who comes although nothing should.
    private let outside: FaultServer

    init() throws {
        home = try TemporaryFolder()
        outside = try FaultServer { _ in .init(200) }
    }

    /// The environment of a process that has all ways out, made that of a drill.
    private func world(_ bucket: LocalBucket?, _ added: [String: String] = [:]) throws -> ClosedWorld {
        let real = try TemporaryFolder.forRun()
        try real.write("[default]\naws_access_key_id = REALREALREALREAL\naws_secret_access_key = x\n".utf8, to: "c")
        let process = [
            "AWS_CONFIG_FILE": real.path("c"), "AWS_SHARED_CREDENTIALS_FILE": real.path("c"),
            "AWS_ENDPOINT_URL": outside.origin, "HTTP_PROXY": outside.origin, "HTTPS_PROXY": outside.origin,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": outside.origin,
        ]
        var world = ClosedWorld(name: "service-gone", folder: home.path, home: home.path)
        if let bucket, let place = HostAndPort(bucket.endpoint.dropFirst("http://".count)) {
            world.ports[place] = place.port.map(Int.init)
        }
        world.environment = ClosedWorld.environment(of: process, home: home.path, adding: added)
        return world
    }

    private func source(_ settings: S3Settings, _ world: ClosedWorld) async throws -> StoreSource {
        try await S3.source(
            of: settings,
            LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)),
            environment: world.environment,
            home: world.home,
            world: world
        ) { _ in }
    }

    @Test("is found by the world's own settings")
    func found() async throws {
        let bucket = try await LocalBucket()
        try BackupVolume(folder: bucket.folder).add(5)
        let source = try await source(S3Settings(bucket: LocalBucket.name), world(bucket, bucket.environment))
        #expect(try await source.clusters().clusters.map(\.name) == ["foo"])
        #expect(outside.connectionCount == 0)
    }

    @Test("is nowhere else: no other server is asked, and no profile of the real home is read")
    func elsewhere() async throws {
        let bucket = try await LocalBucket()
        let world = try world(bucket, bucket.environment)
        var settings = S3Settings(bucket: LocalBucket.name)
        for url in [outside.origin, "https://s3.example.org", "http://localhost:9000"] {
            settings.endpoint = url
            await #expect(throws: ClosedWorldError(.reach, url, in: world)) { try await source(settings, world) }
        }
        settings.endpoint = nil
        settings.profile = "prod"
        await #expect(throws: AWSConfigurationError.noProfile("prod", askedBy: nil, profiles: [])) {
            try await source(settings, world)
        }
        #expect(outside.connectionCount == 0)
    }

    @Test("gets no keys from the machine: neither files nor the metadata service nor AWS itself are reached")
    func keys() async throws {
        let settings = S3Settings(bucket: LocalBucket.name)
        let absent = await #expect(throws: CredentialError.self) { try await source(settings, world(nil)) }
        #expect(absent?.isBroken == false)
        #expect(absent?.attempts.last?.reason == "cannot reach http://169.254.169.254 from the drill service-gone")

        try home.write("token".utf8, to: "token")
        let role = [
            "AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": home.path("token"),
            "AWS_ENDPOINT_URL_STS": outside.origin, "AWS_REGION": "eu-west-1",
        ]
        let broken = await #expect(throws: CredentialError.self) { try await source(settings, world(nil, role)) }
        #expect(broken?.attempts.last?.reason == "cannot reach \(outside.origin) from the drill service-gone")
        #expect(broken?.category == .unreachable)
        #expect(broken?.nextStep == "check the name; to reach what is outside, leave the drill first: \(.leaveDrill)")
        #expect(outside.connectionCount == 0)
    }
}

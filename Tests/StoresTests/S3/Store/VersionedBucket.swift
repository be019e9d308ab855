import Backups
import Codecs
import Layouts
import TestSupport

@testable import S3Store

/// A bucket of AWS, as far as moto plays it, that keeps the versions of its objects.
struct VersionedBucket {
    let server: MotoServer
    let name = "contract-\(UInt32.random(in: 0...(.max)))"

    init() throws {
        server = try MotoServer.shared()
        try server.makeBucket(name)
        try server.enableVersioning(bucket: name)
    }

    func put(_ key: String, _ bytes: some Sequence<UInt8>) throws {
        try server.put(bucket: name, key: key, bytes: bytes)
    }

    func store() async throws -> any Store {
        try await S3.store(of: settings, environment: environment, home: nil) { _ in }
    }

    func source(layout: String? = nil) async throws -> StoreSource {
        try await S3.source(
            of: settings,
            LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings), named: layout),
            environment: environment,
            home: nil
        ) { _ in }
    }

    private var settings: S3Settings { S3Settings(bucket: name, endpoint: server.endpoint) }

    private var environment: [String: String] {
        ["AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey]
    }
}

import Backups
import Codecs
import Foundation
import Layouts
import TestSupport

@testable import S3Store

/// A bucket of a server that checks signatures, and a store and a source over it.
struct S3Bucket {
    static let name = "backups"
    let server: RcloneServer

    init() throws {
        server = try RcloneServer()
        try server.makeBucket(Self.name)
    }

    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey,
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": server.endpoint,
        ]
    }

    func put(_ key: String, _ bytes: some Sequence<UInt8>, modified: Date? = nil) throws {
        try server.put(bucket: Self.name, key: key, bytes: bytes, modified: modified)
    }

    func store() async throws -> any Store {
        try await S3.store(of: settings(), environment: environment, home: nil) { _ in }
    }

    func source(prefix: String = "", layout: String? = nil) async throws -> StoreSource {
        try await S3.source(
            of: settings(prefix: prefix),
            LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings), named: layout),
            environment: environment,
            home: nil
        ) { _ in }
    }

    private func settings(prefix: String = "") -> S3Settings {
        S3Settings(bucket: Self.name, prefix: prefix)
    }
}

import Backups
import BackupsTesting
import Codecs
import DirectoryStore
import Glibc
import Layouts
import LocalServers
import TestSupport
import Testing

@testable import S3Store

/// A bucket of the project's own server over a folder, until this object goes away.
final class LocalBucket: Sendable {
    static let name = "backups"
    let folder: TemporaryFolder
    let endpoint: String
    private let task: Task<Void, any Error>

    init(accessKeyID: String? = nil, clockOffset: Duration = .zero) async throws {
        folder = try TemporaryFolder()
        let server = BucketServer(
            [Self.name: try await DirectoryStore(root: folder.path)],
            accessKeyID: accessKeyID,
            clockOffset: clockOffset
        )
        let (ports, portsIn) = AsyncStream.makeStream(of: Int.self)
        task = Task {
            defer { portsIn.finish() }
            try await server.run { portsIn.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        endpoint = "http://127.0.0.1:\(try #require(await iterator.next()))"
    }

    deinit { task.cancel() }

    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "LOCALACCESSKEYID", "AWS_SECRET_ACCESS_KEY": "local-secret-access-key",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": endpoint,
        ]
    }

    func store() async throws -> any Store {
        try await S3.store(of: S3Settings(bucket: Self.name), environment: environment, home: nil) { _ in }
    }

    func source() async throws -> StoreSource {
        try await S3.source(
            of: S3Settings(bucket: Self.name),
            LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings)),
            environment: environment,
            home: nil
        ) { _ in }
    }
}

extension StoreUnderTest {
    static let localBucket = StoreUnderTest("a bucket of the project's own server") { files in
        let bucket = try await LocalBucket()
        for (key, bytes) in files { try bucket.folder.write(bytes, to: key) }
        return Filled(store: try await bucket.store()) { key, bytes in
            try bucket.folder.write(bytes, to: key)
        } remove: { key in
            unlink(bucket.folder.path(key))
        }
    }
}

extension SourceUnderTest {
    static let localBucket = SourceUnderTest("a bucket of the project's own server") { backups in
        let bucket = try await LocalBucket()
        _ = try BackupVolume(backups, folder: bucket.folder)
        return Filled(try await bucket.source(), keeping: bucket)
    }
}

import Backups
import BackupsTesting
import Codecs
import DirectoryStore
import Glibc
import Layouts
import LocalServers
import TestSupport

@testable import S3Store

/// A bucket of the project's own server over a folder, until this object goes away.
final class LocalBucket: Sendable {
    static let name = "backups"
    let folder: TemporaryFolder
    let endpoint: String
    let bucket: FaultyBucket
    private let server: RunningTask

    /// - Parameter store: What it has; what is in its folder where nothing is said.
    init(of store: (any Store)? = nil, _ faults: ServerFaults = ServerFaults()) async throws {
        folder = try TemporaryFolder()
        let content: any Store = if let store { store } else { try await DirectoryStore(root: folder.path) }
        let bucket = FaultyBucket(BucketServer([Self.name: content], accessKeyID: "LOCALACCESSKEYID"), faults)
        self.bucket = bucket
        server = try await RunningTask { try await bucket.run(onListening: $0) }
        endpoint = server.url
    }

    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "LOCALACCESSKEYID", "AWS_SECRET_ACCESS_KEY": "local-secret-access-key",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": endpoint,
        ]
    }

    func store(report: @escaping @Sendable (Notice) -> Void = { _ in }) async throws -> any Store {
        try await S3.store(of: S3Settings(bucket: Self.name), environment: environment, home: nil, report: report)
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

extension StoreUnderTest {
    static let localBucketWithVersions = StoreUnderTest(
        "a bucket of the project's own server that keeps versions",
        [.usual, .keepsVersions]
    ) { files in
        let store = VersionedStore()
        for (key, bytes) in files { store.put(key, bytes) }
        let bucket = try await LocalBucket(of: store)
        return Filled(store: try await bucket.store()) { key, bytes in
            store.put(key, bytes)
        } remove: { key in
            withExtendedLifetime(bucket) { store.remove(key) }
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

import Backups
import BackupsTesting
import Codecs
import Layouts
import TestSupport
import Testing

@testable import S3Store

extension StoreUnderTest {
    static let bucket = StoreUnderTest("a bucket") { files in
        let bucket = try S3Bucket()
        for (key, bytes) in files { try bucket.put(key, bytes) }
        return Filled(store: try await bucket.store()) {
            try bucket.put($0, $1)
        } remove: { key in
            try bucket.server.remove(bucket: S3Bucket.name, key: key)
        }
    }

    static let bucketWithVersions = StoreUnderTest(
        "a bucket that keeps versions",
        [.usual, .keepsVersions]
    ) { files in
        let bucket = try VersionedBucket()
        for (key, bytes) in files { try bucket.put(key, bytes) }
        return Filled(store: try await bucket.store()) {
            try bucket.put($0, $1)
        } remove: { key in
            try bucket.server.delete(bucket: bucket.name, key: key)
        }
    }
}

extension SourceUnderTest {
    static let bucket = SourceUnderTest("a bucket") { backups in
        let bucket = try S3Bucket()
        for backup in backups { try bucket.put(try backup.operatorKey, backup.bytes) }
        // An empty bucket shows no layout.
        return Filled(try await bucket.source(layout: backups.isEmpty ? "operator" : nil), keeping: bucket)
    }

    static let plainBucket = SourceUnderTest("a bucket of plain files", .lists, codecs: CodecRegistry.all) { backups in
        let bucket = try S3Bucket()
        for backup in backups {
            try bucket.put("dumps/\(backup.freeName)", try backup.storedBytes, modified: backup.modified)
        }
        return Filled(try await bucket.source(prefix: "dumps", layout: "plain"), keeping: bucket)
    }

    static let bucketWithVersions = SourceUnderTest("a bucket that keeps versions") { backups in
        let bucket = try VersionedBucket()
        for backup in backups {
            // What stood there before must make no difference.
            try bucket.put(try backup.operatorKey, [0])
            try bucket.put(try backup.operatorKey, backup.bytes)
        }
        // An empty bucket shows no layout.
        return Filled(try await bucket.source(layout: backups.isEmpty ? "operator" : nil), keeping: bucket)
    }
}

extension GivenBackup {
    /// Where the etcd operator puts it.
    fileprivate var operatorKey: String {
        get throws {
            let parsed = ParsedBackup(version: version, revision: revision)
            return "v1/\(cluster)/\(try #require(OperatorLayout().name(of: parsed)))"
        }
    }
}

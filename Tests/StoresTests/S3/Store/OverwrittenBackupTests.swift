import Backups
import TestSupport
import Testing

/// What Gardener's own restore takes from a bucket that keeps versions.
@Suite(.ownThread) struct OverwrittenBackupTests {
    @Test func `the oldest version of an overwritten backup counts, of Gardener's`() async throws {
        let bucket = try VersionedBucket()
        let key = "v2/Full-00000000-00000208-1769847300"
        try bucket.put(key, Fixture.snapshot("late.db"))
        let source = try await bucket.source()
        let only = try #require(try await source.backups(of: nil, .newest(1)).backups.last)
        #expect(try await source.versionThatCounts(of: only) == nil)
        try bucket.put(key, Fixture.snapshot("early.db"))
        try bucket.put(key + ".part", [1])
        let newest = try #require(try await source.backups(of: nil, .newest(1)).backups.last)
        let oldest = try #require(try await source.versionThatCounts(of: newest))
        #expect(
            oldest.byteCount == Int64(try Fixture.snapshot("late.db").count) && oldest.version != newest.entry?.version
        )
    }

    @Test func `of other layouts the newest counts`() async throws {
        let bucket = try VersionedBucket()
        for name in ["early.db", "late.db"] {
            try bucket.put("etcd-snapshot-n1-1769847300", Fixture.snapshot(name))
        }
        let source = try await bucket.source()
        let newest = try #require(try await source.backups(of: nil, .newest(1)).backups.last)
        #expect(try await source.versionThatCounts(of: newest) == nil)
    }
}

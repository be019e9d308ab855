import Foundation
import Snapshot
import SnapshotTesting
import TestSupport
import Testing

@testable import Restore

@Suite("The records of a database that was rewritten")
struct SameRecordsTests {
    /// A fixture, and what a rewrite makes of it in the same file.
    private struct Rewritten {
        let folder: TemporaryFolder
        let path: String
        let before: SnapshotImage
        let patch: DatabasePatch

        init(_ fixture: String, bumpBy bump: Int64?) throws {
            folder = try TemporaryFolder()
            path = try folder.write(try Fixture.snapshot(fixture), to: "db")
            before = try SnapshotFile(path: path).image()
            let cluster = try InitialCluster("a=http://localhost:1", token: "")
            var rewrite = try DatabaseRewrite(before, cluster: cluster, bumpBy: bump)
            patch = try rewrite.finish()
            for piece in patch.pieces { try write(piece.bytes, at: piece.offset) }
        }

        func write(_ bytes: [UInt8], at offset: Int64) throws {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            defer { try? file.close() }
            try file.seek(toOffset: UInt64(offset))
            try file.write(contentsOf: bytes)
        }

        func check() throws {
            let after = try SnapshotFile(path: path).image()
            try SameRecords(before, after).check(added: patch.bumpedRevision)
        }
    }

    @Test(
        "are those of the snapshot, and one more where the revision was raised",
        arguments: ["empty.db", "early.db", "middle.db", "late.db", "tombstone.db"],
        [nil, 1, 1_000_000_000]
    )
    func same(fixture: String, bump: Int64?) throws {
        try Rewritten(fixture, bumpBy: bump).check()
    }

    @Test(
        "are not where a byte differs on the way to the last of them",
        arguments: ["middle.db", "late.db"]
    )
    func altered(fixture: String) throws {
        let rewritten = try Rewritten(fixture, bumpBy: 7)
        let after = try SnapshotFile(path: rewritten.path).image()
        let cursor = try #require(try BucketCursor(image: after, bucket: "key"))
        for page in try cursor.pathToLast() where page.id >= rewritten.before.meta.pageCount {
            // Its count, and its elements with all that they lead to.
            let isLeaf = page.kind == .leaf
            let last = isLeaf ? try page.leafElement(page.count - 1).value : try page.branchElement(page.count - 1).key
            for offset in [10] + Array(stride(from: 16, to: last.upperBound, by: 3)) {
                let start = Int64(page.id) * 4096 + Int64(offset)
                try rewritten.write([page.bytes[offset] ^ 1], at: start)
                #expect(throws: (any Error).self, "page \(page.id), offset \(offset)") { try rewritten.check() }
                try rewritten.write([page.bytes[offset]], at: start)
            }
        }
        try rewritten.check()
    }

    @Test("are not where the revision that was added is another one")
    func otherRevision() throws {
        let rewritten = try Rewritten("late.db", bumpBy: 7)
        let after = try SnapshotFile(path: rewritten.path).image()
        let records = try SameRecords(rewritten.before, after)
        try records.check(added: 215)
        #expect(throws: RestoreError.otherKeys) { try records.check(added: 216) }
        #expect(throws: RestoreError.otherKeys) { try records.check(added: nil) }
    }
}

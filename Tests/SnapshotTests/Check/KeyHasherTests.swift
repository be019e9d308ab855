import Restore
import SnapshotTesting
import TestSupport
import Testing

@testable import Snapshot

@Suite("The hash of all keys, computed while they are checked")
struct KeyHasherTests {
    private func compare(_ path: String) async throws {
        let file = try SnapshotFile(path: path)
        let contents = try #require(try await file.verify(hashingKeys: true).contents)
        #expect(try await contents.keyHash == file.keyHash())
    }

    private static func snapshots() throws -> [String] {
        try Fixture.paths(in: "snapshots", ending: ".db", atLeast: 5) + Fixture.releases()
            + Fixture.paths(in: "cases", ending: ".db", atLeast: 4)
    }

    @Test("is the one that reading them again gives", arguments: try snapshots())
    func files(path: String) async throws {
        try await compare(path)
    }

    @Test("is the same with a compaction anywhere, finished or not, and where all keys are deleted")
    func compactions() async throws {
        let folder = try TemporaryFolder()
        for fixture in ["late.db", "tombstone.db", "empty.db"] {
            for compacted in [0, 1, 5, 190, 200, 207, 208, 300] as [Int64] {
                for name in ["finishedCompactRev", "scheduledCompactRev"] {
                    var builder = try SnapshotBuilder(fixture)
                    builder.set("meta", Array(name.utf8), RevisionKey(main: compacted).bytes)
                    try await compare(try folder.write(try builder.bytes(), to: "compacted.db"))
                    // As a bump leaves it.
                    builder.set("key", RevisionKey(main: 1000).bytes, [])
                    try await compare(try folder.write(try builder.bytes(), to: "compacted.db"))
                    builder.set("meta", Array(name.utf8), RevisionKey(main: 1000).bytes)
                    try await compare(try folder.write(try builder.bytes(), to: "compacted.db"))
                }
            }
        }
    }

    @Test("is the same for any history, with a compaction anywhere in it")
    func histories() async throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(state: 8)
        for _ in 0..<40 {
            var builder = try SnapshotBuilder("empty.db")
            let count = Int64.random(in: 1...40, using: &random)
            for main in 2...count + 1 {
                let key = UInt8.random(in: 0x61...0x64, using: &random)
                let isTombstone = Int.random(in: 0..<3, using: &random) == 0
                let record = [0x0A, 1, key] + (isTombstone ? [] : [0x10, 2, 0x18, UInt8(main), 0x20, 1, 0x2A, 1, key])
                builder.set("key", RevisionKey(main: main, isTombstone: isTombstone).bytes, record)
            }
            for name in ["finishedCompactRev", "scheduledCompactRev"] where Bool.random(using: &random) {
                let revision = Int64.random(in: 0...count + 2, using: &random)
                builder.set("meta", Array(name.utf8), RevisionKey(main: revision).bytes)
            }
            try await compare(try folder.write(try builder.bytes(), to: "history.db"))
        }
    }

    @Test("a checksum that is joined is that of all the bytes", arguments: [0, 1, 7, 255, 256, 4096, 70_000])
    func joined(byteCount: Int) {
        var random = SplitMix(state: 2)
        let first = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let second = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        var checksum = CRC32C()
        checksum.update(first)
        var next = CRC32C()
        next.update(second)
        checksum.join(next, byteCount: byteCount)
        #expect(checksum.value == CRC32C.value(of: first + second))
    }
}

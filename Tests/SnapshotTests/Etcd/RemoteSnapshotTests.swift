import SnapshotTesting
import Synchronization
import TestSupport
import Testing

@testable import Snapshot

/// What was asked of a file elsewhere.
private final class Requests: Sendable {
    private let ranges = Mutex<[Range<Int64>]>([])

    var all: [Range<Int64>] { ranges.withLock(\.self) }
    func add(_ range: Range<Int64>) { ranges.withLock { $0.append(range) } }
}

@Suite("A snapshot elsewhere")
struct RemoteSnapshotTests {
    /// - Parameter requests: Get the ranges that were read.
    private func remote(_ bytes: [UInt8], _ requests: Requests = Requests()) -> RemoteSnapshot {
        RemoteSnapshot(byteCount: Int64(bytes.count)) { range in
            requests.add(range)
            return Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }

    private static func sound() throws -> [String] {
        try Fixture.paths(in: "snapshots", ending: ".db", atLeast: 5) + Fixture.releases()
            + Fixture.paths(in: "cases", ending: ".db", atLeast: 4)
    }

    @Test("has the revision that the whole file has, by six requests or fewer", arguments: try sound())
    func revision(path: String) async throws {
        let bytes = try Fixture.bytes(path)
        let requests = Requests()
        let found = try await remote(bytes, requests).revision()
        #expect(try await found == SnapshotFile(path: path).contents().revision)
        #expect(requests.all.count <= 6)
        #expect(requests.all.allSatisfy { $0.count <= 256 << 10 })
    }

    @Test("has a revision where pages are of another size, or run on", arguments: [1024, 16384, 65536])
    func pageSizes(pageByteCount: Int) async throws {
        var builder = try SnapshotBuilder("tombstone.db")
        builder.pageByteCount = pageByteCount
        let value = [0x0A, 0x01, 0x61, 0x2A] + [0xC0, 0x84, 0x3D] + [UInt8](repeating: 0x78, count: 1_000_000)
        builder.set("key", RevisionKey(main: 4711).bytes, value)
        builder.freePageCount = 200
        let requests = Requests()
        #expect(try await remote(try builder.bytes(), requests).revision() == 4711)
        #expect(requests.all.count <= 6)
    }

    @Test("has the revision of its compaction where that is later than its last key")
    func compacted() async throws {
        var builder = try SnapshotBuilder("empty.db")
        builder.set("meta", Array("scheduledCompactRev".utf8), RevisionKey(main: 99).bytes)
        #expect(try await remote(try builder.bytes()).revision() == 99)
        builder.set("meta", Array("scheduledCompactRev".utf8), [1, 2, 3])
        let bytes = try builder.bytes()
        await #expect(throws: SnapshotProblem.self) { try await remote(bytes).revision() }
    }

    @Test("that is cut off, altered or something else is refused, or read, within bounds")
    func hostile() async throws {
        let original = try SnapshotEditor("middle.db")
        var files = HostileSnapshot.allCases.map { $0.bytes() }
        for damage in DamagedFilesTests.damages {
            var editor = original
            try damage.make(&editor)
            files.append(editor.bytes)
        }
        for byteCount in [0, 1, 31, 32, 100, 4096, 8192, 12288, 20000] {
            files.append(Array(original.bytes.prefix(byteCount)))
        }
        files.append([0x1F, 0x8B, 8, 0] + [UInt8](repeating: 7, count: 100_000))
        // No meta page, so that one is looked for at each page size.
        files.append([UInt8](repeating: 0xA5, count: 20 << 20))
        var random = SplitMix(state: 5)
        for _ in 0..<400 {
            var editor = original
            editor.changeAtRandom(using: &random)
            files.append(editor.bytes)
        }
        var refusedCount = 0
        for bytes in files {
            let requests = Requests()
            do {
                _ = try await remote(bytes, requests).revision()
            } catch is SnapshotProblem {
                refusedCount += 1
            } catch is RemoteSnapshotError {
                refusedCount += 1
            }
            #expect(requests.all.count <= RemoteSnapshot.maxRequestCount)
            #expect(requests.all.reduce(0) { $0 + $1.count } <= RemoteSnapshot.maxByteCount)
        }
        #expect(refusedCount > 30)
    }

    @Test("that ends early, or fails, is an error")
    func shortRead() async throws {
        let bytes = try Fixture.snapshot("late.db")
        let short = RemoteSnapshot(byteCount: Int64(bytes.count)) { Array(bytes[Int($0.lowerBound)..<1000]) }
        await #expect(throws: RemoteSnapshotError.self) { try await short.revision() }
        let failing = RemoteSnapshot(byteCount: 100_000) { _ in throw SnapshotReadingError.unreadable(code: 5) }
        await #expect(throws: SnapshotReadingError.unreadable(code: 5)) { try await failing.revision() }
        let negative = RemoteSnapshot(byteCount: -1) { _ in [] }
        await #expect(throws: SnapshotProblem.empty) { try await negative.revision() }
    }

    @Test("whose branches lead round in a circle ends with an error")
    func circle() async throws {
        var editor = try SnapshotEditor("middle.db")
        let count = Int(editor.number(UInt16.self, at: editor.keyBranch + 10))
        editor.set(UInt64(editor.keyBranch / 4096), at: editor.keyBranch + 16 + (count - 1) * 16 + 8)
        let bytes = editor.bytes
        await #expect(throws: SnapshotProblem.self) { try await remote(bytes).revision() }
    }
}

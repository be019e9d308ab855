import Foundation
import SnapshotTesting
import TestSupport
import Testing

@testable import Snapshot

@Suite("A snapshot that is read while it is written")
struct WriteProgressTests {
    @Test(
        "is checked as far as it is there, and the result is the same in the end",
        arguments: [1, 4096, 20_000],
        [20_512, nil, 20_000, 30_000] as [Int64?]
    )
    func growing(step: Int, announcedByteCount: Int64?) async throws {
        let bytes = try Fixture.snapshot("early.db")
        let folder = try TemporaryFolder()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.write([], to: "growing.db")))
        defer { try? file.close() }
        let progress = WriteProgress()
        async let result = SnapshotFile(
            beingWrittenAs: file.fileDescriptor,
            byteCount: announcedByteCount,
            progress: progress
        ).verify()
        for start in stride(from: 0, to: bytes.count, by: step) {
            try file.write(contentsOf: bytes[start..<min(start + step, bytes.count)])
            progress.advance(to: Int64(min(start + step, bytes.count)))
        }
        progress.finish()
        let whole = try await SnapshotFile(path: folder.path("growing.db")).verify()
        #expect(try await result == whole)
        #expect(whole.verdict == .sound && whole.contents?.liveKeyCount == 7)
    }

    @Test("asks for the page that its check needs next, wherever that is")
    func wanted() async throws {
        var builder = try SnapshotBuilder("late.db")
        builder.set("zz", [0], [UInt8](repeating: 1, count: 8_000_000))
        let bytes = try builder.bytes()
        let meta = try #require(MetaPage(head: bytes))
        let root = Int64(meta.rootPage * meta.pageByteCount)
        let folder = try TemporaryFolder()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.write(bytes, to: "growing.db")))
        defer { try? file.close() }
        let progress = WriteProgress()
        progress.advance(to: 100_000)
        let (descriptor, byteCount) = (file.fileDescriptor, Int64(bytes.count))
        let checking = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: byteCount, progress: progress).verify()
        }
        try await eventually("it wants the root") { progress.wanted == root }
        #expect(root > 8_000_000)
        progress.insert(root..<byteCount)
        #expect(progress.wanted != root)
        progress.advance(to: root)
        progress.finish()
        #expect(try await checking.value.verdict == .sound)
    }

    @Test("is not waited for once nothing more will come")
    func endsTooEarly() async throws {
        let folder = try TemporaryFolder()
        let bytes = try Fixture.snapshot("early.db")
        let path = try folder.write(bytes.prefix(9000), to: "growing.db")
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let progress = WriteProgress()
        progress.advance(to: 9000)
        let descriptor = file.fileDescriptor
        let checking = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: Int64(bytes.count), progress: progress)
                .verify()
        }
        try await eventually("it waits for more") { progress.isWaitedFor }
        progress.finish()
        let result = try await checking.value
        #expect(result.problems == [.truncated(byteCount: 9000, expectedByteCount: Int64(bytes.count))])
    }

    @Test("is not waited for once its check is cancelled")
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.write([], to: "growing.db")))
        defer { try? file.close() }
        let progress = WriteProgress()
        let descriptor = file.fileDescriptor
        let checking = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: nil, progress: progress).verify()
        }
        try await eventually("it waits for more") { progress.isWaitedFor }
        checking.cancel()
        await #expect(throws: CancellationError.self) { try await checking.value }
    }
}

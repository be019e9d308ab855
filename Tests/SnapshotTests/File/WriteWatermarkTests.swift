import Foundation
import TestSupport
import Testing

@testable import Snapshot

@Suite("A snapshot that is read while it is written")
struct WriteWatermarkTests {
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
        let watermark = WriteWatermark()
        async let result = SnapshotFile(
            beingWrittenAs: file.fileDescriptor,
            byteCount: announcedByteCount,
            watermark: watermark
        ).verify()
        for start in stride(from: 0, to: bytes.count, by: step) {
            try file.write(contentsOf: bytes[start..<min(start + step, bytes.count)])
            watermark.advance(to: Int64(min(start + step, bytes.count)))
        }
        watermark.finish()
        let whole = try await SnapshotFile(path: folder.path("growing.db")).verify()
        #expect(try await result == whole)
        #expect(whole.verdict == .sound && whole.contents?.liveKeyCount == 7)
    }

    @Test("is not waited for once nothing more will come")
    func endsTooEarly() async throws {
        let folder = try TemporaryFolder()
        let bytes = try Fixture.snapshot("early.db")
        let path = try folder.write(bytes.prefix(9000), to: "growing.db")
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let watermark = WriteWatermark()
        watermark.advance(to: 9000)
        let descriptor = file.fileDescriptor
        let checking = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: Int64(bytes.count), watermark: watermark)
                .verify()
        }
        try await eventually("it waits for more") { watermark.isWaitedFor }
        watermark.finish()
        let result = try await checking.value
        #expect(result.problems == [.truncated(byteCount: 9000, expectedByteCount: Int64(bytes.count))])
    }

    @Test("is not waited for once its check is cancelled")
    func cancelled() async throws {
        let folder = try TemporaryFolder()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.write([], to: "growing.db")))
        defer { try? file.close() }
        let watermark = WriteWatermark()
        let descriptor = file.fileDescriptor
        let checking = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: nil, watermark: watermark).verify()
        }
        try await eventually("it waits for more") { watermark.isWaitedFor }
        checking.cancel()
        await #expect(throws: CancellationError.self) { try await checking.value }
    }
}

import Foundation
import TestSupport
import Testing

@testable import Snapshot

@Suite("A snapshot that is read while it is written")
struct WriteWatermarkTests {
    @Test("is read as far as it is there, and tells the same in the end", arguments: [1, 4096, 20_000])
    func growing(step: Int) async throws {
        let bytes = try Fixture.snapshot("early.db")
        let folder = try TemporaryFolder()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.write([], to: "growing.db")))
        defer { try? file.close() }
        let watermark = WriteWatermark()
        async let inspection = SnapshotFile(
            beingWrittenAs: file.fileDescriptor,
            byteCount: Int64(bytes.count),
            watermark: watermark
        ).inspect()
        for start in stride(from: 0, to: bytes.count, by: step) {
            try file.write(contentsOf: bytes[start..<min(start + step, bytes.count)])
            watermark.advance(to: Int64(min(start + step, bytes.count)))
        }
        watermark.finish()
        let whole = try await SnapshotFile(path: folder.path("growing.db")).inspect()
        #expect(try await inspection == whole)
        #expect(whole.contents?.liveKeyCount == 7)
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
        let inspection = Task {
            try await SnapshotFile(beingWrittenAs: descriptor, byteCount: Int64(bytes.count), watermark: watermark)
                .inspect()
        }
        try await eventually("it waits for more") { watermark.isWaitedFor }
        watermark.finish()
        await #expect(throws: SnapshotReadingError.unreadable(code: ECANCELED)) { try await inspection.value }
    }
}

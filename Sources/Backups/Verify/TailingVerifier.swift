package import Snapshot

/// Checks a file as a whole while it is still being written, side by side with what writes it.
package struct TailingVerifier: Sendable {
    private let file: SnapshotFile
    private let watermark = WriteWatermark()

    /// - Parameters:
    ///   - descriptor: The file, which another one has open for as long as this is used.
    ///   - byteCount: How many bytes it will have; `nil` where that shows only at its end.
    package init(_ descriptor: Int32, byteCount: Int64?) {
        file = SnapshotFile(beingWrittenAs: descriptor, byteCount: byteCount, watermark: watermark)
    }

    /// So many bytes from the start are written, without a gap.
    package func advance(to byteCount: Int64) { watermark.advance(to: byteCount) }

    /// All bytes are written.
    package func finish() { watermark.finish() }

    /// What checking it has found, once all bytes are written.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    package func result() async throws -> CheckResult { try await file.verify() }
}

package import Snapshot

/// Checks a file as a whole while it is still being written, side by side with what writes it.
package struct TailingVerifier: Sendable {
    private let file: SnapshotFile
    private let progress = WriteProgress()

    /// - Parameters:
    ///   - descriptor: The file, which another one has open for as long as this is used.
    ///   - byteCount: How many bytes it will have; `nil` where that shows only at its end.
    package init(_ descriptor: Int32, byteCount: Int64?) {
        file = SnapshotFile(beingWrittenAs: descriptor, byteCount: byteCount, progress: progress)
    }

    /// So many bytes from the start are written, without a gap.
    package func advance(to byteCount: Int64) { progress.advance(to: byteCount) }

    /// These bytes are written, too.
    package func insert(_ range: Range<Int64>) { progress.insert(range) }

    /// A missing byte that is looked at as soon as it is written; `nil` where that goes in order.
    package var wanted: Int64? { progress.wanted }

    /// All bytes are written.
    package func finish() { progress.finish() }

    /// What checking it has found, once all bytes are written.
    ///
    /// - Throws: `SnapshotReadingError.unreadable`, `CancellationError`.
    package func result() async throws -> CheckResult { try await file.verify() }
}

import Files
import Glibc
import Snapshot
import Synchronization

/// The bytes of one backup on their way into its partial file, verified as they come.
///
/// From afar they come in parts, several at once; each goes to its own place in the file.
struct Transfer: Sendable {
    let backup: Backup
    let source: any BackupSource
    let partial: PartialFile
    let destination: String

    /// Large enough that a server spends little on opening each; what comes goes on to the file at once, whatever their size.
    private static let partByteCount: Int64 = 16 << 20
    private static let maxParallelParts = 8

    /// Reads what is missing. The hash, and where it is known how long the file will be, the way through its pages follow
    /// the bytes as they come.
    ///
    /// - Returns: The file's SHA-256, what that proves, and what its pages tell.
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`.
    func run(
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> (sha256: String, result: CheckResult, inspection: Verification) {
        let (written, progress) = AsyncStream.makeStream(of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        let watermark = WriteWatermark()
        defer { progress.finish() }
        @Sendable func tell(_ contiguousByteCount: Int64) {
            progress.yield(contiguousByteCount)
            watermark.advance(to: contiguousByteCount)
        }
        async let verification = TailingVerifier.verify(partial.descriptor, following: written)
        async let inspection = inspect(following: watermark)
        tell(partial.ranges.contiguousByteCount)
        try await readMissing { done in
            tell(done.contiguousByteCount)
            onProgress(done.byteCount)
        }
        // Of what the parts told, each from its own task, an older count may have come last.
        tell(partial.ranges.contiguousByteCount)
        progress.finish()
        watermark.finish()
        do {
            let (sha256, result) = try await verification
            if let inspection = try await inspection { return (sha256, result, inspection) }
            return (sha256, result, try await SnapshotFile(openedAs: partial.descriptor).inspect())
        } catch let error as SystemError {
            throw DownloadError.cannotWrite(path: destination, reason: error.description)
        } catch SnapshotReadingError.unreadable(let code) {
            throw DownloadError.cannotWrite(path: destination, reason: SystemError(code: code).description)
        }
    }

    /// What the pages tell; `nil` where nobody told how many bytes will come, or fewer came than were told.
    @concurrent
    private func inspect(following watermark: WriteWatermark) async throws -> Verification? {
        guard let byteCount = backup.byteCount else { return nil }
        let file = SnapshotFile(beingWrittenAs: partial.descriptor, byteCount: byteCount, watermark: watermark)
        do {
            // Where the transfer fails, nothing else would wake it.
            return try await withTaskCancellationHandler {
                try await file.inspect()
            } onCancel: {
                watermark.finish()
            }
        } catch SnapshotReadingError.unreadable(ECANCELED) {
            return nil
        }
    }

    private typealias Done = (byteCount: Int64, contiguousByteCount: Int64)

    private func readMissing(_ onWrite: @escaping @Sendable (Done) -> Void) async throws {
        guard case .remote(let parallelCalls) = source.traits, let byteCount = backup.byteCount else {
            return try await read(nil, onWrite)
        }
        let parts = partial.ranges.missing(of: byteCount, partByteCount: Self.partByteCount)
        let waiting = WaitingParts(parts)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(parallelCalls, Self.maxParallelParts, parts.count) {
                group.addTask {
                    while let part = waiting.next() {
                        try await read(part, onWrite)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func read(_ range: Range<Int64>?, _ onWrite: (Done) -> Void) async throws {
        var position = range?.lowerBound ?? 0
        try await source.read(backup, range: range) { bytes in
            onWrite(try partial.write(bytes, at: position))
            position += Int64(bytes.count)
        }
    }
}

/// The parts that nobody reads yet, in order.
private final class WaitingParts: Sendable {
    private let parts: Mutex<ArraySlice<Range<Int64>>>

    init(_ parts: [Range<Int64>]) {
        self.parts = Mutex(parts[...])
    }

    func next() -> Range<Int64>? { parts.withLock { $0.popFirst() } }
}

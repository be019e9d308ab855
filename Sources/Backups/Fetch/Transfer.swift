import Files
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

    /// Reads what is missing; the check follows the bytes as they come.
    ///
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`.
    func run(onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void) async throws -> CheckResult {
        let verifier = TailingVerifier(partial.descriptor, byteCount: backup.byteCount)
        async let result = verifier.result()
        verifier.advance(to: partial.ranges.contiguousByteCount)
        try await readMissing { done in
            verifier.advance(to: done.contiguousByteCount)
            onProgress(done.byteCount)
        }
        verifier.finish()
        do {
            return try await result
        } catch SnapshotReadingError.unreadable(let code) {
            throw DownloadError.cannotWrite(path: destination, reason: SystemError(code: code).description)
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

import Files
import Snapshot
import Synchronization

/// The bytes of one backup on their way into its partial file, decoded and verified as they come.
///
/// From a remote source they come in parts, several at once; each goes to its own place in the file.
struct Transfer: Sendable {
    let backup: Backup
    let source: any BackupSource
    let files: DownloadFiles
    let destination: String
    /// Whether all bytes are read, also where they turn out to be no snapshot's.
    let readsUnsound: Bool
    let onEvent: @Sendable (DownloadEvent) -> Void

    /// What checking the snapshot has found, and what was around it; or why there is none.
    typealias Outcome = Result<(check: CheckResult, unpacked: Unpacked), CodecError>

    /// Large enough that a server spends little on opening each; what comes is written to the file at once, whatever
    /// their size.
    private static let partByteCount: Int64 = 16 << 20
    static let maxParallelParts = 8

    /// Reads what is missing; the check follows the bytes as they come.
    ///
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`.
    func run(onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void) async throws -> Outcome {
        let verifier = TailingVerifier(files.snapshot.descriptor, byteCount: backup.snapshotByteCount)
        async let result = verifier.result()
        do {
            var unpacked = Unpacked()
            if let unpacking = files.unpacking {
                do {
                    unpacked = try await readUnpacking(unpacking, onSnapshot: verifier.advance, onProgress: onProgress)
                } catch is SnapshotProblem {
                    // What was decoded so far shows the verifier why it is no snapshot.
                }
            } else {
                for range in files.arriving.ranges.ranges { verifier.insert(range) }
                try await readMissing(
                    first: { verifier.wanted },
                    onWrite: { range, done in
                        verifier.insert(range)
                        onProgress(done.byteCount)
                    }
                )
            }
            verifier.finish()
            return .success((try await result, unpacked))
        } catch let error as CodecError {
            return .failure(error)
        } catch SnapshotReadingError.unreadable(let code) {
            throw DownloadError.cannotWrite(path: destination, reason: SystemError(code: code).description)
        }
    }

    /// Reads what is missing, and unpacks what has come side by side with that.
    ///
    /// - Throws: `CodecError` and `SnapshotProblem`: as soon as that is certain, where nothing is to be kept.
    private func readUnpacking(
        _ unpacking: Unpacking,
        onSnapshot: @escaping @Sendable (_ contiguousByteCount: Int64) -> Void,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> Unpacked {
        files.restartDecoding()
        var unpacking = unpacking
        unpacking.maxByteCount = files.decodingBudget(backup.byteCount)
        unpacking.endsEarly = !readsUnsound
        let input = ArrivingInput(files.arriving.descriptor, byteCount: backup.byteCount)
        for range in files.arriving.ranges.ranges { input.insert(range) }
        return try await withThrowingTaskGroup(of: Result<Unpacked, CodecError>?.self) { group in
            group.addTask {
                defer { input.finish() }
                try await readMissing(first: { input.wanted }) { range, done in
                    input.insert(range)
                    onProgress(done.byteCount)
                }
                return nil
            }
            group.addTask { [unpacking] in try await unpack(input, unpacking, onSnapshot: onSnapshot) }
            var outcome = Result<Unpacked, CodecError>.success(Unpacked())
            // The first that fails ends the other one.
            for try await result in group { outcome = result ?? outcome }
            return try outcome.get()
        }
    }

    /// - Returns: A failure only where all bytes are to be read in spite of it.
    private func unpack(
        _ input: ArrivingInput,
        _ unpacking: Unpacking,
        onSnapshot: @escaping @Sendable (_ contiguousByteCount: Int64) -> Void
    ) async throws -> Result<Unpacked, CodecError> {
        do {
            let unpacked = try await withTaskCancellationHandler {
                try await unpacking.run(input) { bytes, offset in
                    onSnapshot(try files.snapshot.write(bytes, at: offset).contiguousByteCount)
                }
            } onCancel: {
                input.finish()
            }
            if unpacked.ignoredByteCount > 0 { onEvent(.ignoredBytes(count: unpacked.ignoredByteCount)) }
            return .success(unpacked)
        } catch let error as CodecError where readsUnsound {
            return .failure(error)
        } catch let error as SystemError {
            throw DownloadError.cannotWrite(path: destination, reason: error.description)
        }
    }

    private typealias Done = (byteCount: Int64, contiguousByteCount: Int64)

    /// - Parameters:
    ///   - first: A byte whose part goes before the others; `nil` where the next part in order does.
    ///   - onWrite: Gets each range that was written, and what is there then.
    private func readMissing(
        first: @escaping @Sendable () -> Int64? = { nil },
        onWrite: @escaping @Sendable (Range<Int64>, Done) -> Void
    ) async throws {
        guard case .remote(let parallelCalls) = source.traits, let byteCount = backup.byteCount else {
            return try await read(nil, onWrite)
        }
        let waiting = WaitingParts(
            MissingParts(of: byteCount, besides: files.arriving.ranges, partByteCount: Self.partByteCount)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(parallelCalls, Self.maxParallelParts) {
                group.addTask {
                    while let part = waiting.next(first()) {
                        try await read(part, onWrite)
                    }
                }
            }
            // The first that fails ends the others.
            for try await _ in group {}
        }
    }

    private func read(_ range: Range<Int64>?, _ onWrite: (Range<Int64>, Done) -> Void) async throws {
        var position = range?.lowerBound ?? 0
        try await source.read(backup, range: range) { bytes in
            let written = position..<position + Int64(bytes.count)
            onWrite(written, try files.arriving.write(bytes, at: position))
            position = written.upperBound
        }
    }
}

/// The parts that no task reads yet.
private final class WaitingParts: Sendable {
    private let parts: Mutex<MissingParts>

    init(_ parts: MissingParts) {
        self.parts = Mutex(parts)
    }

    /// - Parameter offset: A byte whose part goes before the others.
    func next(_ offset: Int64?) -> Range<Int64>? {
        parts.withLock { parts in offset.flatMap { parts.next(around: $0) } ?? parts.next() }
    }
}

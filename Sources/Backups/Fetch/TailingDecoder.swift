import Blocking
import Files
import Glibc
import Snapshot

/// Decodes a file while it is still being written, on another thread: what it reads is what the file then holds.
struct TailingDecoder: Sendable {
    private static let bufferByteCount = 1 << 20

    let codec: any Codec
    /// The file, open for reading.
    let descriptor: Int32
    /// The most bytes that it may decode to.
    let maxByteCount: Int64
    /// Whether what begins as no snapshot does is not decoded to its end.
    let endsEarly: Bool

    /// - Parameters:
    ///   - written: The number of bytes from the start that are written by now, rising; ends when no more will come.
    ///   - sink: Gets the decoded bytes, in pieces that are valid during the call only.
    /// - Returns: How many bytes behind the encoded ones are ignored.
    /// - Throws: `CodecError`; `SnapshotProblem` where it ends early; what the sink throws, `SystemError` where the file can't be read, `CancellationError`.
    func run(
        following written: AsyncStream<Int64>,
        into sink: @Sendable (UnsafeRawBufferPointer, _ offset: Int64) throws -> Void
    ) async throws -> Int64 {
        try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            try await runHere(following: written, into: sink)
        }
    }

    private func runHere(
        following written: AsyncStream<Int64>,
        into sink: @Sendable (UnsafeRawBufferPointer, _ offset: Int64) throws -> Void
    ) async throws -> Int64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        let decoding = try Decoding(codec, maxByteCount: maxByteCount)
        var beginning = BeginningCheck()
        var position: Int64 = 0
        for await end in written {
            while position < end {
                try Task.checkCancellation()
                let wanted = Int(min(Int64(buffer.count), end - position))
                let start = position
                let count = try BlockingWork.call(.read) { () throws(SystemError) in
                    try systemCall { pread(descriptor, buffer.baseAddress, wanted, off_t(start)) }
                }
                if count == 0 { throw SystemError(code: EIO) }
                try decoding.update(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { bytes in
                    try sink(bytes, decoding.byteCount)
                    if endsEarly { try beginning.update(bytes) }
                }
                position += Int64(count)
            }
        }
        // The stream ends as well where this task does.
        try Task.checkCancellation()
        return try decoding.finish()
    }
}

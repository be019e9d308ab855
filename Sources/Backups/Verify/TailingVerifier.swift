import Blocking
import Files
import Glibc
import Snapshot

/// Verifies a file while it is still being written, on another thread: what it reads is what the file then holds.
enum TailingVerifier {
    private static let bufferByteCount = 1 << 20

    /// - Parameters:
    ///   - descriptor: The file, open for reading.
    ///   - written: The number of bytes from the start that are written by now, rising; ends when no more will come.
    /// - Throws: `SystemError` where the file can't be read, `CancellationError`.
    static func verify(
        _ descriptor: Int32,
        following written: AsyncStream<Int64>
    ) async throws -> (sha256: String, result: CheckResult) {
        try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            try await verifyHere(descriptor, following: written)
        }
    }

    private static func verifyHere(
        _ descriptor: Int32,
        following written: AsyncStream<Int64>
    ) async throws -> (sha256: String, result: CheckResult) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var verifier = SnapshotVerifier()
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
                verifier.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                position += Int64(count)
            }
        }
        try Task.checkCancellation()
        return verifier.finish()
    }
}

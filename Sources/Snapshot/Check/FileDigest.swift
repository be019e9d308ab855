import Blocking

extension SnapshotFile {
    private static let pieceByteCount = 1 << 20

    /// Reads all of it once, for its hash; while a piece is hashed, the next one is read. Both have threads of their own:
    /// a file that is still being written is waited for.
    ///
    /// - Parameter onProgress: Gets how many bytes are done.
    /// - Throws: `SnapshotReadingError.unreadable`; `CancellationError`.
    func digest(
        onProgress: @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> (sha256: String, result: CheckResult) {
        let reader = DedicatedThread()
        func piece(at position: Int64) -> Task<[UInt8], any Error> {
            Task(executorPreference: reader) {
                try self.bytes.readIfThere(at: position, byteCount: Self.pieceByteCount)
            }
        }
        return try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            var verifier = SnapshotVerifier()
            var position: Int64 = 0
            var current = try await piece(at: 0).value
            while !current.isEmpty {
                try Task.checkCancellation()
                let next = piece(at: position + Int64(current.count))
                current.withUnsafeBytes { verifier.update($0) }
                position += Int64(current.count)
                onProgress(position)
                current = try await next.value
            }
            return verifier.finish()
        }
    }
}

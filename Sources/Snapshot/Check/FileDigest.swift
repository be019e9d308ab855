import Blocking

/// The SHA-256 of a file, and what it proves.
struct FileDigest: Sendable, Equatable {
    /// Of the whole file, as `sha256sum` prints it.
    var sha256: String
    /// Why it proves nothing; `nil` where the file ends in the SHA-256 of all bytes before it.
    var problem: SnapshotProblem?
    /// The length of the file, in bytes.
    var byteCount: Int64

    private static let pieceByteCount = 1 << 20

    init(sha256: String, problem: SnapshotProblem?, byteCount: Int64) {
        self.sha256 = sha256
        self.problem = problem
        self.byteCount = byteCount
    }

    /// Reads all of a file once; while a piece is hashed, the next one is read. Both have threads of their own: a file
    /// that is still being written is waited for.
    ///
    /// - Parameter onProgress: Gets how many bytes are done.
    /// - Throws: `SnapshotReadingError.unreadable`; `CancellationError`.
    init(of bytes: any ByteSource, onProgress: @Sendable (_ doneByteCount: Int64) -> Void) async throws {
        let reader = DedicatedThread()
        func piece(at position: Int64) -> Task<[UInt8], any Error> {
            Task(executorPreference: reader) {
                try bytes.readNext(at: position, upTo: Self.pieceByteCount)
            }
        }
        self = try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            var trailer = TrailerCheck()
            var position: Int64 = 0
            var current = try await piece(at: 0).value
            while !current.isEmpty {
                try Task.checkCancellation()
                let next = piece(at: position + Int64(current.count))
                current.withUnsafeBytes { trailer.update($0) }
                position += Int64(current.count)
                onProgress(position)
                current = try await next.value
            }
            // A file that is being written ends early then.
            try Task.checkCancellation()
            return trailer.finish()
        }
    }
}

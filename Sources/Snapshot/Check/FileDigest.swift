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

    /// Reads all of a file once, on a thread of its own: a file that is still being written is waited for.
    ///
    /// - Parameter onProgress: Gets how many bytes are done.
    /// - Throws: `SnapshotReadingError.unreadable`; `CancellationError`.
    init(of bytes: any ByteSource, onProgress: @Sendable (_ doneByteCount: Int64) -> Void) async throws {
        self = try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
            var trailer = TrailerCheck()
            var position: Int64 = 0
            while case let piece = try bytes.readNext(at: position, upTo: Self.pieceByteCount), !piece.isEmpty {
                try Task.checkCancellation()
                piece.withUnsafeBytes { trailer.update($0) }
                position += Int64(piece.count)
                onProgress(position)
            }
            // A file that is being written ends early then.
            try Task.checkCancellation()
            return trailer.finish()
        }
    }
}

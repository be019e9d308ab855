extension SnapshotFile {
    private static let pieceByteCount = 1 << 20

    /// Reads all of it once, for its hash; while a piece is hashed, the next one is read.
    ///
    /// - Parameters:
    ///   - alsoTake: Given each piece, with its place in the file, beside the hash.
    ///   - onProgress: Told how many bytes are done.
    /// - Throws: What `alsoTake` throws; `SnapshotReadingError.unreadable`; `CancellationError`.
    func digest(
        alsoTake: @Sendable (_ piece: [UInt8], _ offset: Int64) throws -> Void = { _, _ in },
        onProgress: (_ doneByteCount: Int64) -> Void
    ) async throws -> (sha256: String, verdict: Verdict) {
        var verifier = SnapshotVerifier()
        var position: Int64 = 0
        var piece = try await piece(at: 0) {}
        while !piece.isEmpty {
            try Task.checkCancellation()
            let (current, offset) = (piece, position)
            async let next = self.piece(at: offset + Int64(current.count)) { try alsoTake(current, offset) }
            current.withUnsafeBytes { verifier.update($0) }
            position += Int64(current.count)
            onProgress(position)
            piece = try await next
        }
        return verifier.finish()
    }

    /// - Parameter before: What is to be done on the same thread first.
    @concurrent
    private func piece(at position: Int64, after before: @Sendable () throws -> Void) async throws -> [UInt8] {
        try before()
        return try bytes.readIfThere(at: position, byteCount: Self.pieceByteCount)
    }
}

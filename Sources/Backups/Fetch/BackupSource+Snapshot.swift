import Snapshot

extension BackupSource {
    /// Hands over the snapshot in a backup, in order: its bytes or, where it is encoded, what they decode to.
    ///
    /// - Parameters:
    ///   - maxByteCount: The most bytes that an encoded one may decode to.
    ///   - onProgress: Gets how many of the backup's own bytes were read.
    ///   - sink: Gets pieces that are valid during the call only.
    /// - Throws: `CodecError`, `SnapshotProblem` where what is decoded begins as no snapshot does, and what `read` throws.
    package func readSnapshot(
        in backup: Backup,
        _ codecs: [any Codec],
        maxByteCount: Int64,
        onProgress: (_ readByteCount: Int64) -> Void = { _ in },
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let decoding: Decoding? =
            if let codec = try codecs.codec(for: backup.encoding) {
                try Decoding(codec, maxByteCount: maxByteCount)
            } else {
                nil
            }
        var beginning = BeginningCheck()
        var readByteCount: Int64 = 0
        try await read(backup, range: nil) { bytes in
            if let decoding {
                try decoding.update(bytes) { piece in
                    try sink(piece)
                    try beginning.update(piece)
                }
            } else {
                try sink(bytes)
            }
            readByteCount += Int64(bytes.count)
            onProgress(readByteCount)
        }
        _ = try decoding?.finish()
    }
}

import Blocking
import Snapshot

extension BackupSource {
    /// A backup whose encoding its first bytes show, where its name says none: as of a file of this machine, the bytes
    /// decide.
    ///
    /// - Throws: What `read` throws.
    package func recognising(_ backup: Backup, _ codecs: [any Codec]) async throws -> Backup {
        guard backup.encoding == .raw, !codecs.isEmpty, traits != .streaming, let byteCount = backup.byteCount,
            byteCount > 0
        else { return backup }
        var beginning: [UInt8] = []
        try await read(backup, range: 0..<min(byteCount, Int64(Unpacking.beginningByteCount))) { beginning += $0 }
        guard codecs.isPacked(beginning, named: .raw), let codec = codecs.first(where: { $0.recognises(beginning) })
        else { return backup }
        var backup = backup
        backup.encoding = codec.encoding
        return backup
    }

    /// Hands over the snapshot in a backup, in order: its bytes or, where it is encoded, what they decode to.
    ///
    /// - Parameters:
    ///   - maxByteCount: The most bytes that an encoded one may decode to.
    ///   - onProgress: Gets how many of the backup's own bytes were read.
    ///   - sink: Gets pieces with their offset that are valid during the call only; of an encoded one on another
    ///     thread.
    /// - Throws: `CodecError`, `SnapshotProblem` where what is decoded begins as no snapshot does, and what `read`
    ///   throws.
    package func readSnapshot(
        in backup: Backup,
        _ codecs: [any Codec],
        maxByteCount: Int64,
        onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void = { _ in },
        into sink: @escaping @Sendable (_ bytes: UnsafeRawBufferPointer, _ offset: Int64) throws -> Void
    ) async throws {
        let backup = try await recognising(backup, codecs)
        guard try codecs.codec(for: backup.encoding) != nil else {
            var position: Int64 = 0
            return try await read(backup, range: nil) { bytes in
                try sink(bytes, position)
                position += Int64(bytes.count)
                onProgress(position)
            }
        }
        let unpacking = Unpacking(codecs, named: backup.encoding, maxByteCount: maxByteCount)
        _ = try await unpack(backup, onProgress: onProgress) { try unpacking.runHere($0, into: sink) }
    }

    /// Reads the companions in the archive that a backup is.
    ///
    /// - Throws: As `readSnapshot` does.
    package func readCompanions(
        in backup: Backup,
        _ codecs: [any Codec],
        onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void = { _ in },
        into companions: @escaping @Sendable (PackedEntry) throws -> (any CompanionSink)?
    ) async throws -> Unpacked {
        var unpacking = Unpacking(codecs, named: backup.encoding)
        unpacking.companions = companions
        return try await unpack(backup, onProgress: onProgress) { [unpacking] in try unpacking.runHere($0) { _, _ in } }
    }

    /// Finds out what is in a backup that is encoded, and reads no more than that takes.
    ///
    /// - Parameters:
    ///   - endsAtSnapshot: Whether nothing is looked at that follows the snapshot.
    ///   - onProgress: Gets how many of the backup's own bytes were read, or passed over.
    /// - Throws: `CodecError`, `SnapshotProblem`, and what `read` throws.
    package func look(
        into backup: Backup,
        _ codecs: [any Codec],
        endsAtSnapshot: Bool = false,
        onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void = { _ in }
    ) async throws -> Unpacked {
        var unpacking = Unpacking(codecs, named: backup.encoding)
        unpacking.endsAtSnapshot = endsAtSnapshot
        return try await unpack(backup, onProgress: onProgress) { [unpacking] in try unpacking.lookHere(into: $0) }
    }

    private func unpack(
        _ backup: Backup,
        onProgress: @escaping @Sendable (_ readByteCount: Int64) -> Void = { _ in },
        _ unpack: @escaping @Sendable (SourceInput) throws -> Unpacked
    ) async throws -> Unpacked {
        let input = SourceInput(backup, from: self)
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup { group in
                // Each waits for the other, and blocks its thread: they can't share one, nor take that of the caller,
                // which may be the main actor's.
                group.addTask(executorPreference: DedicatedThread()) {
                    defer { input.finish() }
                    return try unpack(input)
                }
                // What the source throws goes before what its missing bytes lead to.
                try await withTaskExecutorPreference(DedicatedThread()) { @concurrent in
                    try await input.feed(onProgress: onProgress)
                }
                return try await group.next() ?? Unpacked()
            }
        } onCancel: {
            input.finish()
        }
    }
}

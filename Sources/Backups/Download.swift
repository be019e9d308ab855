import Snapshot

/// The way of one backup from its source to a verified file.
///
/// Bytes are written into a hidden partial file and verified as they come; only a sound snapshot is synced, renamed
/// without replacing anything, and so gets its name.
public struct Download: Sendable {
    /// The path that the verified file gets.
    public var destination: String
    /// Whether a file of that name is replaced.
    public var replacesExisting: Bool
    /// Whether bytes that are not sound are kept, as `NAME.unverified`.
    public var keepsUnverified: Bool

    public init(destination: String, replacesExisting: Bool = false, keepsUnverified: Bool = false) {
        self.destination = destination
        self.replacesExisting = replacesExisting
        self.keepsUnverified = keepsUnverified
    }

    /// - Parameter onProgress: Told how many bytes from the start are written, on the way of every piece.
    /// - Returns: The verified file.
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`; then nothing is left behind but,
    ///   where that was asked for, the file that is not sound.
    public func run(
        _ backup: Backup,
        from source: any BackupSource,
        onProgress: @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> DownloadedFile {
        let clock = ContinuousClock()
        let start = clock.now
        let partial = try PartialFile(
            destination: destination,
            byteCount: backup.byteCount,
            replacesExisting: replacesExisting,
            keepsUnverified: keepsUnverified
        )
        do {
            let (sha256, verdict) = try await transfer(backup, from: source, into: partial, onProgress: onProgress)
            if case .unsound(let unsoundness) = verdict {
                throw DownloadError.unsound(
                    name: backup.name,
                    unsoundness,
                    keptAs: keepsUnverified
                        ? try partial.publish(as: partial.unverifiedName, replacesExisting: replacesExisting) : nil
                )
            }
            try partial.publish(replacesExisting: replacesExisting)
            return DownloadedFile(
                path: destination,
                byteCount: partial.byteCount,
                sha256: sha256,
                duration: clock.now - start,
                startedOver: partial.replacedLeftover
            )
        } catch {
            partial.discard()
            throw error
        }
    }

    private func transfer(
        _ backup: Backup,
        from source: any BackupSource,
        into partial: PartialFile,
        onProgress: @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> (sha256: String, verdict: Verdict) {
        let (written, progress) = AsyncStream.makeStream(of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        defer { progress.finish() }
        let descriptor = partial.descriptor
        async let verification = FollowingVerifier.verify(descriptor, byteCount: backup.byteCount, following: written)
        try await source.read(backup, range: 0..<backup.byteCount) { bytes in
            try partial.append(bytes)
            progress.yield(partial.byteCount)
            onProgress(partial.byteCount)
        }
        progress.finish()
        do {
            return try await verification
        } catch let error as SystemError {
            throw DownloadError.cannotWrite(path: destination, reason: error.description)
        }
    }
}

/// A snapshot that was downloaded and found sound.
public struct DownloadedFile: Sendable, Equatable {
    /// As the destination was given.
    public var path: String
    /// The size in bytes.
    public var byteCount: Int64
    /// Of the whole file, as `sha256sum` prints it.
    public var sha256: String
    /// From the first byte to the synced name.
    public var duration: Duration
    /// Whether an earlier download had been broken off, whose bytes were dropped.
    public var startedOver: Bool
}

import Blocking
import Snapshot

extension Download {
    /// What stands under the destination, where it is proven to be the backup already.
    ///
    /// From a source with files: its size and its last 32 bytes, the SHA-256 of all before them, are the object's, which
    /// is the same one still. From one without: its revision is the backup's, and the cluster's version as well. In both
    /// cases it is verified as a download is, and nobody changes it meanwhile.
    ///
    /// - Returns: `nil` where nothing is there, or nothing that is proven.
    /// - Throws: A `Failure` where the source is out of reach, `CancellationError`.
    public func existing(
        _ backup: Backup,
        from source: any BackupSource,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> DownloadedFile? {
        try await lookingAtDestination {
            try await existingHere(backup, from: source, onEvent: onEvent, onProgress: onProgress)
        }
    }

    /// Runs what reads the file under the destination.
    private func lookingAtDestination<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await BlockingWork.run(at: Place(folderOf: destination), work)
        } catch let error as NotAnswering {
            throw DownloadError.cannotWrite(path: destination, reason: error.description)
        }
    }

    private func existingHere(
        _ backup: Backup,
        from source: any BackupSource,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> DownloadedFile? {
        let clock = ContinuousClock()
        let start = clock.now
        guard let file = ExistingFile(at: destination), try await Self.mayBe(file, backup, from: source),
            let verification = try await Self.verification(of: file, onProgress: onProgress),
            verification.outcome == .sound, let contents = verification.contents,
            let revision = Revision(contents.revision),
            Self.isOf(backup, contents, isProven: backup.entry != nil)
        else { return nil }
        do throws(SystemError) {
            try file.sync(Safeguards { onEvent(.missing($0)) })
        } catch {
            throw DownloadError.notSynced(path: destination, reason: error.description)
        }
        guard file.isUnchanged else { return nil }
        file.removeHiddenName()
        return DownloadedFile(
            path: destination,
            byteCount: file.byteCount,
            sha256: verification.sha256,
            revision: revision,
            contents: contents,
            duration: clock.now - start,
            origin: backup.entry == nil ? .thereByRevision : .thereByContent
        )
    }

    /// Whether what stands under the destination may be the backup, without reading all of it; `false` where only its
    /// revision could tell.
    ///
    /// - Throws: A `Failure` where the source is out of reach, `CancellationError`.
    public func existingFileMayBe(_ backup: Backup, from source: any BackupSource) async throws -> Bool {
        guard backup.entry != nil else { return false }
        return try await lookingAtDestination {
            guard let file = ExistingFile(at: destination) else { return false }
            return try await Self.mayBe(file, backup, from: source)
        }
    }

    /// How far a size that is reported in MiB with three decimals may be off, in bytes, and a little more.
    private static let sizeTolerance: Int64 = 2048

    private static func mayBe(
        _ file: ExistingFile,
        _ backup: Backup,
        from source: any BackupSource
    ) async throws -> Bool {
        guard let entry = backup.entry else {
            return backup.approximateByteCount.map { abs($0 - file.byteCount) <= sizeTolerance } ?? true
        }
        let trailerByteCount = Int64(SnapshotVerifier.trailerByteCount)
        guard file.byteCount == entry.byteCount, file.byteCount > trailerByteCount,
            let own = file.lastBytes(Int(trailerByteCount))
        else { return false }
        var theirs: [UInt8] = []
        do {
            let end = entry.byteCount
            try await source.read(backup, range: end - trailerByteCount..<end) { theirs += $0 }
        } catch let failure as any Failure where failure.category != .unreachable {
            // Whatever became of it there, it proves nothing.
            return false
        }
        return own == theirs
    }

    /// - Returns: `nil` where the file can't be read.
    private static func verification(
        of file: ExistingFile,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> Verification? {
        do {
            return try await file.verify(onProgress: onProgress)
        } catch is SnapshotReadingError {
            return nil
        }
    }

    /// - Parameter isProven: Whether the bytes are known to be those of the backup.
    private static func isOf(_ backup: Backup, _ contents: SnapshotContents, isProven: Bool) -> Bool {
        if isProven { return contents.revision >= backup.revision.value }
        guard let agreed = contents.clusterVersion.flatMap({ EtcdVersion($0) }) else { return false }
        return contents.revision == backup.revision.value
            && (agreed.major, agreed.minor) == (backup.version.major, backup.version.minor)
    }
}

import Blocking
import Files
import Snapshot

extension Download {
    /// What stands under the destination, where it is proven to be the backup already.
    ///
    /// From a source with files: its size and its last 32 bytes, the SHA-256 of all before them, are the object's, which
    /// is the same one still; an encoded object is read and decoded for that. From one without: its revision is the
    /// backup's, and the cluster's version as well. In all cases it is verified as a download is, and nobody changes it
    /// meanwhile.
    ///
    /// - Returns: `nil` where nothing is there.
    /// - Throws: `DownloadError.destinationExists` where something else is there, a `UserError` where the source is out of
    ///   reach, `CancellationError`.
    public func existing(
        _ backup: Backup,
        from source: any BackupSource,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> DownloadedFile? {
        try await lookingAtDestination {
            do {
                return try await existingHere(backup, from: source, onEvent: onEvent, onProgress: onProgress)
            } catch let difference as ExistingFileDifference {
                throw DownloadError.destinationExists(path: destination, difference)
            }
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
        guard let file = try ExistingFile(at: destination) else { return nil }
        let isEncoded = backup.encoding != .raw
        if !isEncoded { try await Self.compare(file, backup, from: source) }
        let result = try await Self.checkResult(of: file) { if !isEncoded { onProgress($0) } }
        let contents: SnapshotContents
        do throws(SnapshotProblem) {
            contents = try result.requireSound()
        } catch {
            throw ExistingFileDifference.unsound(error)
        }
        try Self.compare(contents, backup, isProven: backup.entry != nil)
        guard let revision = Revision(contents.revision) else {
            throw ExistingFileDifference.unsound(.damagedMetaPages)
        }
        // That reads all of the backup: a file that is none need not wait for it.
        if isEncoded { try await compareDecoded(file, backup, from: source, onProgress: onProgress) }
        do throws(SystemError) {
            try file.sync(Safeguards { onEvent(.missing($0)) })
        } catch {
            throw DownloadError.notSynced(path: destination, reason: error.description)
        }
        guard let named = file.markOfName else { return nil }
        guard named == file.opened, file.isUnchanged else { throw ExistingFileDifference.changed }
        file.removeHiddenName()
        return DownloadedFile(
            path: destination,
            byteCount: file.byteCount,
            sha256: result.sha256,
            revision: revision,
            contents: contents,
            duration: clock.now - start,
            origin: backup.entry == nil ? .thereByRevision : .thereByContent,
            mark: named
        )
    }

    /// Whether what stands under the destination may be the backup, without reading all of it, unless the backup is
    /// encoded; `false` where only its revision could tell.
    ///
    /// - Throws: A `UserError` where the source is out of reach, `CancellationError`.
    public func existingFileMayBe(_ backup: Backup, from source: any BackupSource) async throws -> Bool {
        guard backup.entry != nil else { return false }
        return try await lookingAtDestination {
            do {
                guard let file = try ExistingFile(at: destination) else { return false }
                if backup.encoding == .raw {
                    try await Self.compare(file, backup, from: source)
                } else {
                    try await compareDecoded(file, backup, from: source)
                }
                return true
            } catch is ExistingFileDifference {
                return false
            }
        }
    }

    /// How far a size that is reported in MiB with three decimals may be off, in bytes, and a little more.
    private static let sizeTolerance: Int64 = 2048

    /// Compares what can be compared without reading all of it.
    ///
    /// - Throws: `ExistingFileDifference`, a `UserError` where the source is out of reach, `CancellationError`.
    private static func compare(
        _ file: ExistingFile,
        _ backup: Backup,
        from source: any BackupSource
    ) async throws {
        guard let entry = backup.entry else {
            if let about = backup.approximateByteCount, abs(about - file.byteCount) > sizeTolerance {
                throw ExistingFileDifference.approximateSize(own: file.byteCount, backup: about)
            }
            return
        }
        let trailerByteCount = Int64(SnapshotTrailer.byteCount)
        guard file.byteCount == entry.byteCount else {
            throw ExistingFileDifference.size(own: file.byteCount, backup: entry.byteCount)
        }
        guard file.byteCount > trailerByteCount else { throw ExistingFileDifference.unsound(.missingTrailer) }
        let own = try file.lastBytes(Int(trailerByteCount))
        var theirs: [UInt8] = []
        do {
            let end = entry.byteCount
            try await source.read(backup, range: end - trailerByteCount..<end) { theirs += $0 }
        } catch let failure as any UserError where failure.category != .unreachable {
            throw ExistingFileDifference.backupUnreadable(reason: failure.description)
        }
        if own != theirs { throw ExistingFileDifference.lastBytes(count: own.count) }
    }

    /// Compares with what an encoded backup decodes to, by reading all of it.
    ///
    /// - Throws: `ExistingFileDifference`, a `UserError` where the source is out of reach, `CancellationError`.
    private func compareDecoded(
        _ file: ExistingFile,
        _ backup: Backup,
        from source: any BackupSource,
        onProgress: (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws {
        let trailerByteCount = Int(SnapshotTrailer.byteCount)
        var byteCount: Int64 = 0
        var tail: [UInt8] = []
        do {
            let budget = file.byteCount
            try await source.readSnapshot(in: backup, codecs, maxByteCount: budget, onProgress: onProgress) { bytes in
                byteCount += Int64(bytes.count)
                tail = (tail + bytes.suffix(trailerByteCount)).suffix(trailerByteCount)
            }
        } catch let error as CodecError {
            if case .overBudget = error.problem { throw ExistingFileDifference.smaller(own: file.byteCount) }
            throw ExistingFileDifference.backupUnreadable(reason: error.description)
        } catch let problem as SnapshotProblem {
            throw ExistingFileDifference.backupUnreadable(reason: problem.description)
        } catch let failure as any UserError where failure.category != .unreachable {
            throw ExistingFileDifference.backupUnreadable(reason: failure.description)
        }
        guard byteCount == file.byteCount else {
            throw ExistingFileDifference.size(own: file.byteCount, backup: byteCount)
        }
        if try file.lastBytes(tail.count) != tail { throw ExistingFileDifference.lastBytes(count: tail.count) }
    }

    /// - Throws: `ExistingFileDifference` where the file can't be read, `CancellationError`.
    private static func checkResult(
        of file: ExistingFile,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> CheckResult {
        do {
            return try await file.verify(onProgress: onProgress)
        } catch SnapshotReadingError.unreadable(let code) {
            throw ExistingFileDifference.unreadable(reason: SystemError(code: code).description)
        }
    }

    /// - Parameter isProven: Whether the bytes are known to be those of the backup.
    private static func compare(
        _ contents: SnapshotContents,
        _ backup: Backup,
        isProven: Bool
    ) throws(ExistingFileDifference) {
        let own = contents.revision
        if let named = backup.revision {
            guard isProven ? own >= named.value : own == named.value else { throw .revision(own: own, backup: named) }
        }
        if isProven { return }
        let agreed = contents.clusterVersion.flatMap { EtcdVersion($0) }
        if let version = backup.version, agreed.map({ ($0.major, $0.minor) == (version.major, version.minor) }) != true
        {
            throw .version(own: contents.clusterVersion, backup: version)
        }
    }
}

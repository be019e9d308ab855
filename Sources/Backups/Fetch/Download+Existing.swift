import Blocking
import Files
import Snapshot
import Synchronization

extension Download {
    /// The file at the destination, where it is proven to be the backup.
    ///
    /// From a source with files: its size and its last 32 bytes, the SHA-256 of all before them, are the object's,
    /// which is the same one still; of an encoded object the size and the CRC-32 in it do, or else it is read and
    /// decoded. Without a SHA-256 all bytes are compared. Stored bytes have the size, the first and the last bytes of
    /// the object, and decode. From one without: its revision is the backup's, and the cluster's version as well. In
    /// all cases it is verified as a download is, and it does not change meanwhile.
    ///
    /// - Parameter tidiesUp: Whether the file is synced, and what a killed download left beside it removed; otherwise
    ///   nothing is written.
    /// - Returns: `nil` where nothing is there.
    /// - Throws: `DownloadError.destinationExists` where something else is there, a `UserError` where the source is out
    ///   of reach, `CancellationError`.
    public func existing(
        _ backup: Backup,
        from source: any BackupSource,
        tidiesUp: Bool = true,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> DownloadedFile? {
        try await lookingAtDestination {
            do {
                return try await existingHere(
                    backup,
                    from: source,
                    tidiesUp: tidiesUp,
                    onEvent: onEvent,
                    onProgress: onProgress
                )
            } catch let difference as ExistingFileDifference {
                throw DownloadError.destinationExists(path: destination, difference)
            }
        }
    }

    /// Runs what looks at the file under the destination, or at its folder.
    func lookingAtDestination<Value: Sendable>(
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
        tidiesUp: Bool,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> DownloadedFile? {
        let clock = ContinuousClock()
        let start = clock.now
        guard let file = try ExistingFile(at: destination) else { return nil }
        let backup = try await source.recognising(backup, codecs)
        let isEncoded = backup.encoding != .raw
        let isStored = isEncoded && keepsStored
        var stored: StoredSnapshot?
        let result: CheckResult
        if isStored {
            try await compareStored(file, backup, from: source)
            let found = try await storedSnapshot(in: file, backup)
            (stored, result) = (
                found, try await Self.checkResult { try await found.file.verify(onProgress: onProgress) }
            )
        } else {
            if !isEncoded { try await Self.compare(file, backup, from: source) }
            result = try await Self.checkResult { try await file.verify { if !isEncoded { onProgress($0) } } }
        }
        let contents: SnapshotContents
        do throws(SnapshotProblem) {
            // What is proven to be the backup is judged as that is.
            let expected = backup.entry == nil ? nil : backup.revision?.value
            contents = try result.expecting(revision: expected)
                .requireSound(acceptingMissingTrailer: acceptsMissingTrailer)
        } catch {
            throw ExistingFileDifference.unsound(error)
        }
        try requireKeys(in: contents, of: backup)
        let isProvenWhole = result.hasRightTrailer
        if backup.entry == nil { try Self.compare(contents, backup) }
        // That may read all of the backup: it comes last.
        let isCompared = isStored || !isEncoded && isProvenWhole || backup.entry == nil
        let byChecksum = isCompared || !isEncoded ? false : try await file.isProven(by: backup, from: source)
        if !isCompared, !byChecksum { try await compareAll(file, backup, from: source, onProgress: onProgress) }
        let safeguards = Safeguards { onEvent(.missing($0)) }
        do throws(SystemError) {
            if tidiesUp { try file.sync(safeguards) }
        } catch {
            throw DownloadError.notSynced(path: destination, reason: error.description)
        }
        guard let named = file.markOfName else { return nil }
        guard named == file.opened, file.isUnchanged else { throw ExistingFileDifference.changed }
        if tidiesUp { file.removeHiddenNames(isEncoded: isEncoded, safeguards) }
        return DownloadedFile(
            path: destination,
            byteCount: stored?.file.byteCount ?? file.byteCount,
            sha256: result.sha256,
            revision: Revision(of: contents),
            contents: contents,
            duration: clock.now - start,
            origin: backup.entry == nil ? .thereByRevision : byChecksum ? .thereByChecksum : .thereByContent,
            isProvenWhole: isProvenWhole,
            encoding: backup.encoding,
            unpacked: stored?.unpacked,
            storedByteCount: stored.map { _ in file.byteCount },
            mark: named
        )
    }

    /// Whether what stands under the destination may be the backup, without reading all of it, unless the backup is
    /// encoded and the length at its end is the file's; `false` where only its revision could show that.
    ///
    /// - Throws: A `UserError` where the source is out of reach, `CancellationError`.
    public func existingFileMayBe(_ backup: Backup, from source: any BackupSource) async throws -> Bool {
        guard backup.entry != nil else { return false }
        return try await lookingAtDestination {
            do {
                guard let file = try ExistingFile(at: destination) else { return false }
                let backup = try await source.recognising(backup, codecs)
                if backup.encoding == .raw {
                    try await Self.compare(file, backup, from: source)
                } else if keepsStored {
                    try await compareStored(file, backup, from: source)
                } else {
                    guard try await lengthFieldAllows(file, backup, from: source) else { return false }
                    if try await !file.isProven(by: backup, from: source) {
                        try await compareAll(file, backup, from: source)
                    }
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

    /// Whether an encoded backup may decode to as many bytes as a file has, by the length at its end.
    ///
    /// - Throws: A `UserError` where the source is out of reach, `CancellationError`.
    private func lengthFieldAllows(
        _ file: ExistingFile,
        _ backup: Backup,
        from source: any BackupSource
    ) async throws -> Bool {
        let codec = codecs.first { $0.encoding == backup.encoding }
        guard let entry = backup.entry, let count = codec?.lengthFieldByteCount, (1...7).contains(count),
            entry.byteCount >= count
        else { return true }
        var field: [UInt8] = []
        do {
            try await source.read(backup, range: entry.byteCount - Int64(count)..<entry.byteCount) { field += $0 }
        } catch let failure as any UserError where failure.category != .unreachable {
            return false
        }
        let length = field.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        // No snapshot has such a length: it is that of the last of several parts, or what stands there is padding.
        guard SnapshotTrailer.isExpected(inFileOf: length) else { return true }
        return length == file.byteCount & (1 << (8 * Int64(count)) - 1)
    }

    /// Compares with all bytes of the snapshot in the backup.
    ///
    /// - Throws: `ExistingFileDifference`, a `UserError` where the source is out of reach, `CancellationError`.
    private func compareAll(
        _ file: ExistingFile,
        _ backup: Backup,
        from source: any BackupSource,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws {
        let byteCount = Mutex<Int64>(0)
        do {
            let budget = file.byteCount
            try await source.readSnapshot(in: backup, codecs, maxByteCount: budget, onProgress: onProgress) {
                bytes,
                offset in
                byteCount.withLock { $0 = offset + Int64(bytes.count) }
                let own = try file.bytes(bytes.count, at: offset)
                if let index = zip(own, bytes).enumerated().first(where: { $1.0 != $1.1 })?.offset {
                    throw ExistingFileDifference.content(offset: offset + Int64(index))
                }
            }
        } catch let error as CodecError {
            if case .noRoom = error.problem { throw ExistingFileDifference.smaller(own: file.byteCount) }
            throw ExistingFileDifference.backupUnreadable(reason: error.description)
        } catch let problem as SnapshotProblem {
            throw ExistingFileDifference.backupUnreadable(reason: problem.description)
        } catch let failure as any UserError where failure.category != .unreachable {
            throw ExistingFileDifference.backupUnreadable(reason: failure.description)
        }
        let backupByteCount = byteCount.withLock { $0 }
        guard backupByteCount == file.byteCount else {
            throw ExistingFileDifference.size(own: file.byteCount, backup: backupByteCount)
        }
    }

    /// - Throws: `ExistingFileDifference` where the file can't be read, `CancellationError`.
    private static func checkResult(of check: () async throws -> CheckResult) async throws -> CheckResult {
        do {
            return try await check()
        } catch SnapshotReadingError.unreadable(let code) {
            throw ExistingFileDifference.unreadable(reason: SystemError(code: code).description)
        }
    }

    /// Compares what is in a file whose bytes can't be compared.
    private static func compare(
        _ contents: SnapshotContents,
        _ backup: Backup
    ) throws(ExistingFileDifference) {
        if let named = backup.revision, named != Revision(of: contents) {
            throw .revision(own: contents.revision, backup: named)
        }
        let agreed = contents.clusterVersion.flatMap { EtcdVersion($0) }
        if let version = backup.version, agreed.map({ ($0.major, $0.minor) == (version.major, version.minor) }) != true
        {
            throw .version(own: contents.clusterVersion, backup: version)
        }
    }
}

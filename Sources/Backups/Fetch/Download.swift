import Blocking
import Files
import Snapshot
import Synchronization

/// The way of one backup from its source to a verified file.
///
/// Bytes are written into a hidden partial file and verified as they come; only a sound snapshot is synced, renamed
/// without replacing anything, and so gets its name.
public struct Download: Sendable {
    /// The path that the verified file gets.
    public var destination: String
    /// Whether a file of that name is replaced.
    public var replacesExisting: Bool
    /// Whether bytes that are not sound are kept, as `NAME.unverified`; what can't be decoded as it came, with the
    /// ending of its encoding behind that.
    public var keepsUnverified: Bool
    /// Whether the file keeps the bytes as they are stored: verified through decoding, and still packed.
    public var keepsStored = false
    /// Whether a snapshot is good enough that no SHA-256 proves to be whole, as a copy of a member's database.
    public var acceptsMissingTrailer = false
    /// How many live keys the snapshot has at least: with fewer it does not get its name.
    public var minKeyCount = 0
    /// What undoes the encodings of backups.
    public var codecs: [any Codec]
    /// Gives what lies beside the snapshot in an archive something to take its bytes: `Unpacking.companions`.
    public var companions: @Sendable (PackedEntry) throws -> (any CompanionSink)? = { _ in nil }
    /// Whether it is only to find out whether the backup is sound: a file under the destination stays, and a sound
    /// backup is `DownloadError.destinationExists`.
    public var isTrial = false

    public init(
        destination: String,
        replacesExisting: Bool = false,
        keepsUnverified: Bool = false,
        codecs: [any Codec] = []
    ) {
        self.destination = destination
        self.replacesExisting = replacesExisting
        self.keepsUnverified = keepsUnverified
        self.codecs = codecs
    }

    /// - Parameters:
    ///   - onEvent: Gets what a user should know, as it happens.
    ///   - onProgress: Gets how many of the backup's own bytes have come, encoded as they are.
    /// - Returns: The verified file.
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`; then nothing is left behind but what
    ///   comes from a remote source, for a later download to resume, and, where that was asked for, a file that is not
    ///   sound.
    ///
    /// It runs on threads of its own: while its caller's actor waits for a terminal that is stopped, the download
    /// continues, and where a disk does not answer any more, it is left behind.
    public func run(
        _ backup: Backup,
        from source: any BackupSource,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void = { _ in }
    ) async throws -> DownloadedFile {
        let isTidy = Flag()
        do {
            return try await BlockingWork.run(at: Place(folderOf: destination), tidiesUp: true) {
                try await runHere(backup, from: source, isTidy, onEvent: onEvent, onProgress: onProgress)
            }
        } catch {
            if isTidy.isUp == false { onEvent(.leftBehind) }
            guard let silence = error as? NotAnswering else { throw error }
            throw DownloadError.cannotWrite(path: destination, reason: silence.description)
        }
    }

    /// Whether no hidden file of this download is left.
    private final class Flag: Sendable {
        private let state = Mutex<Bool?>(nil)

        /// `nil` where no file was made.
        var isUp: Bool? { state.withLock(\.self) }
        func set(_ isUp: Bool) { state.withLock { $0 = isUp } }
    }

    private func runHere(
        _ backup: Backup,
        from source: any BackupSource,
        _ isTidy: Flag,
        onEvent: @escaping @Sendable (DownloadEvent) -> Void,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> DownloadedFile {
        let clock = ContinuousClock()
        let start = clock.now
        let backup = try await source.recognising(backup, codecs)
        let identity = Self.identity(of: backup, from: source)
        let isWorthKeeping = identity != nil
        let files = try DownloadFiles(
            of: backup,
            for: self,
            try unpacking(of: backup),
            identity: identity,
            safeguards: Safeguards { onEvent(.missing($0)) }
        )
        let (arriving, snapshot) = (files.arriving, files.snapshot)
        isTidy.set(false)
        if arriving.replacedLeftover { onEvent(.startedOver(isWorthKeeping ? .otherBackup : .leftover)) }
        if arriving.resumedByteCount > 0 { onEvent(.resumed(doneByteCount: arriving.resumedByteCount)) }
        do {
            let transfer = Transfer(
                backup: backup,
                source: source,
                files: files,
                destination: destination,
                readsUnsound: keepsUnverified,
                onEvent: onEvent
            )
            var outcome = try await Self.run(transfer, onProgress: onProgress)
            if isDamaged(outcome), arriving.resumedByteCount > 0 {
                onEvent(.startedOver(.unsound))
                files.startOver()
                outcome = try await transfer.run(onProgress: onProgress)
            }
            let (result, unpacked): (CheckResult, Unpacked)
            do throws(CodecError) {
                (result, unpacked) = try outcome.get()
            } catch {
                throw try refusal(of: backup, error, arriving)
            }
            let contents: SnapshotContents
            do throws(SnapshotProblem) {
                contents = try result.expecting(revision: backup.revision?.value)
                    .requireSound(acceptingMissingTrailer: acceptsMissingTrailer)
            } catch {
                throw try refusal(of: backup, error, keepsStored ? arriving : snapshot)
            }
            try requireKeys(in: contents, of: backup)
            if isTrial { throw DownloadError.destinationExists(path: destination) }
            let kept = keepsStored ? arriving : snapshot
            try kept.sync()
            // That may have taken long: Ctrl-C may have been pressed meanwhile.
            try Task.checkCancellation()
            try kept.publish(replacesExisting: replacesExisting)
            files.discard()
            isTidy.set(true)
            return DownloadedFile(
                path: destination,
                byteCount: snapshot.ranges.byteCount,
                sha256: result.sha256,
                revision: Revision(of: contents),
                contents: contents,
                duration: clock.now - start,
                isProvenWhole: result.hasRightTrailer,
                encoding: backup.encoding,
                unpacked: unpacked,
                storedByteCount: kept === snapshot ? nil : arriving.ranges.byteCount,
                mark: BlockingWork.call(.lookup) { FileMark(kept.descriptor) }
            )
        } catch {
            // What has a name of its own by now is not on its way any more: it is neither kept nor removed.
            let isOver = snapshot.isPublished || arriving.isPublished
            if isWorthKeeping, !isTrial, !isOver, Self.isOfTheWay(error), arriving.ranges.byteCount > 0 {
                files.keepArrived()
                onEvent(.kept(doneByteCount: arriving.ranges.byteCount, path: arriving.partialPath))
            } else {
                files.discard()
            }
            isTidy.set(true)
            throw error
        }
    }

    /// - Throws: `DownloadError.tooFewKeys`.
    func requireKeys(in contents: SnapshotContents, of backup: Backup) throws(DownloadError) {
        let count = contents.liveKeyCount
        if count < minKeyCount { throw .tooFewKeys(name: backup.name, count: count, minCount: minKeyCount) }
    }

    /// What a later download resumes by; `nil` where nothing is worth keeping.
    static func identity(of backup: Backup, from source: any BackupSource) -> ResumeRecord.Identity? {
        guard case .remote = source.traits, let entry = backup.entry else { return nil }
        return ResumeRecord.Identity(entry, of: source)
    }

    /// - Returns: `nil` where nothing needs to be decoded.
    func unpacking(of backup: Backup) throws(DownloadError) -> Unpacking? {
        do throws(CodecError) {
            guard try codecs.codec(for: backup.encoding) != nil else { return nil }
        } catch {
            throw .undecodable(name: backup.name, error)
        }
        var unpacking = Unpacking(codecs, named: backup.encoding)
        unpacking.companions = companions
        return unpacking
    }

    /// How often a stream that can't be resumed is started.
    private static let maxStreamCount = 3

    /// Runs a transfer, once more from its start where a stream broke off on the way.
    private static func run(
        _ transfer: Transfer,
        onProgress: @escaping @Sendable (_ doneByteCount: Int64) -> Void
    ) async throws -> Transfer.Outcome {
        var streamCount = 1
        while true {
            do {
                return try await transfer.run(onProgress: onProgress)
            } catch let error as StoreError
                where error.isInterruption && transfer.source.traits == .streaming && streamCount < maxStreamCount
            {
                streamCount += 1
                transfer.onEvent(.startedOver(.interrupted(reason: "\(error)")))
                transfer.files.startOver()
            }
        }
    }

    /// Whether the bytes are not those of a snapshot as it was written.
    private func isDamaged(_ outcome: Transfer.Outcome) -> Bool {
        switch outcome {
        case .success(let found):
            // Of a snapshot without a trailer only its pages show it.
            acceptsMissingTrailer
                ? (try? found.check.requireSound(acceptingMissingTrailer: true)) == nil : !found.check.hasRightTrailer
        case .failure(let error): error.isOfContent
        }
    }

    /// Whether another try may get all the bytes.
    private static func isOfTheWay(_ error: any Error) -> Bool {
        switch error {
        case DownloadError.unsound, DownloadError.tooFewKeys, StoreError.changed, StoreError.notFound: false
        case DownloadError.undecodable(_, let error, _): !error.isOfContent
        default: true
        }
    }
}

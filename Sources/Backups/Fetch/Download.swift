import Blocking
public import Files
public import Snapshot
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
    /// Whether bytes that are not sound are kept, as `NAME.unverified`; what can't be decoded as it came, with the ending
    /// of its encoding behind that.
    public var keepsUnverified: Bool
    /// What undoes the encodings of backups.
    public var codecs: [any Codec]
    /// Whether it is only to find out whether the backup is sound: a file under the destination stays, and a sound backup
    /// is `DownloadError.destinationExists`.
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

    static let unverifiedEnding = ".unverified"

    static func undecodableEnding(of backup: Backup) -> String { unverifiedEnding + backup.encoding.nameEnding }

    /// - Parameters:
    ///   - onEvent: Told what a user should know of, as it happens.
    ///   - onProgress: Gets how many of the backup's own bytes have come, encoded as they are.
    /// - Returns: The verified file.
    /// - Throws: `DownloadError`, what the source throws, and `CancellationError`; then nothing is left behind but what
    ///   comes from afar, for a later download to resume, and, where that was asked for, a file that is not sound.
    ///
    /// It runs on threads of its own: while its caller's actor waits for a terminal that is stopped, the download goes on,
    /// and where a disk does not answer any more, it is left behind.
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

    /// Whether a file of this download may lie about.
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
        var identity: ResumeRecord.Identity?
        if case .remote = source.traits, let entry = backup.entry {
            identity = ResumeRecord.Identity(entry, of: source)
        }
        let isWorthKeeping = identity != nil
        let files = try DownloadFiles(
            of: backup,
            for: self,
            try codec(for: backup),
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
            if Self.isDamaged(outcome), arriving.resumedByteCount > 0 {
                onEvent(.startedOver(.unsound))
                files.startOver()
                outcome = try await transfer.run(onProgress: onProgress)
            }
            let result: CheckResult
            do throws(CodecError) {
                result = try outcome.get()
            } catch {
                throw try refusal(of: backup, error, arriving)
            }
            let contents: SnapshotContents
            do throws(SnapshotProblem) {
                contents = try result.expecting(revision: backup.revision?.value).requireSound()
            } catch {
                throw try refusal(of: backup, error, snapshot)
            }
            if isTrial { throw DownloadError.destinationExists(path: destination) }
            try snapshot.sync()
            // That may have taken long, and Ctrl-C have come meanwhile.
            try Task.checkCancellation()
            try snapshot.publish(replacesExisting: replacesExisting)
            files.discard()
            isTidy.set(true)
            return DownloadedFile(
                path: destination,
                byteCount: snapshot.ranges.byteCount,
                sha256: result.sha256,
                revision: Revision(of: contents),
                contents: contents,
                duration: clock.now - start,
                mark: BlockingWork.call(.lookup) { FileMark(snapshot.descriptor) }
            )
        } catch {
            // What has a name of its own by now is not on its way any more: it is neither kept nor removed.
            let isOver = snapshot.isPublished || arriving.isPublished
            if isWorthKeeping, !isTrial, !isOver, Self.isOfTheWay(error), arriving.ranges.byteCount > 0 {
                files.keepArrived()
                onEvent(.kept(doneByteCount: arriving.ranges.byteCount))
            } else {
                files.discard()
            }
            isTidy.set(true)
            throw error
        }
    }

    /// - Returns: `nil` where nothing needs to be decoded.
    private func codec(for backup: Backup) throws(DownloadError) -> (any Codec)? {
        do throws(CodecError) {
            return try codecs.codec(for: backup.encoding)
        } catch {
            throw .undecodable(name: backup.name, error)
        }
    }

    /// Keeps the snapshot beside the destination, where that was asked for.
    private func refusal(
        of backup: Backup,
        _ problem: SnapshotProblem,
        _ snapshot: PartialFile
    ) throws(DownloadError) -> DownloadError {
        let path = keepsUnverified ? try keep(snapshot, withEnding: Self.unverifiedEnding) : nil
        return .unsound(name: backup.name, problem, keptAs: path)
    }

    /// Keeps what can't be decoded as it came, where that was asked for.
    private func refusal(of backup: Backup, _ error: CodecError, _ arrived: PartialFile) throws(DownloadError)
        -> DownloadError
    {
        let isKept = keepsUnverified && error.isOfContent
        let path = isKept ? try keep(arrived, withEnding: Self.undecodableEnding(of: backup)) : nil
        return .undecodable(name: backup.name, error, keptAs: path)
    }

    /// - Returns: The path that it has now.
    private func keep(_ file: PartialFile, withEnding ending: String) throws(DownloadError) -> String {
        try file.sync()
        do throws(DownloadError) {
            return try file.publish(withEnding: ending, replacesExisting: replacesExisting)
        } catch .notSynced(let kept, _) {
            return kept
        }
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
    private static func isDamaged(_ outcome: Transfer.Outcome) -> Bool {
        switch outcome {
        case .success(let result): !result.hasRightTrailer
        case .failure(let error): error.isOfContent
        }
    }

    /// Whether the same bytes may come through another time.
    private static func isOfTheWay(_ error: any Error) -> Bool {
        switch error {
        case DownloadError.unsound, StoreError.changed, StoreError.notFound: false
        case DownloadError.undecodable(_, let error, _): !error.isOfContent
        default: true
        }
    }
}

/// What happens on the way of a download that a user should know of.
public enum DownloadEvent: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// An interrupted one, whose bytes are not resumed.
        case leftover
        /// What an earlier download left is of another backup, or of one that changed since.
        case otherBackup
        /// With the bytes that an earlier one left, the file was not sound.
        case unsound
        /// It broke off, for a reason that is a sentence, and its source can't go on in the middle.
        case interrupted(reason: String)
    }

    /// Resumes an earlier download, which has so many bytes.
    case resumed(doneByteCount: Int64)
    /// What an earlier download left is dropped.
    case startedOver(Reason)
    /// It ended too early, and so many bytes are kept for a later one.
    case kept(doneByteCount: Int64)
    /// It ended while a call to the destination's file system was without an answer: what was written may stay there.
    case leftBehind
    /// So many bytes behind the encoded snapshot are ignored.
    case ignoredBytes(count: Int64)
    /// The destination's file system cannot do it.
    case missing(MissingSafeguard)
}

/// A snapshot that was downloaded and found sound.
public struct DownloadedFile: Sendable, Equatable {
    /// As the destination was given.
    public var path: String
    /// The size in bytes.
    public var byteCount: Int64
    /// Of the whole file, as `sha256sum` prints it.
    public var sha256: String
    /// The cluster's when it was saved, as the file itself tells.
    public var revision: Revision
    /// What is in it.
    public var contents: SnapshotContents
    /// From the first byte to the synced name.
    public var duration: Duration
    public var origin = Origin.downloaded
    /// What shows whether it has changed since; `nil` where that is unknown.
    public var mark: FileMark?

    /// How it came to be there.
    public enum Origin: Sendable {
        case downloaded
        /// It was there already, with the size and the SHA-256 of the backup.
        case thereByContent
        /// It was there already, with the revision of the backup and the version of its cluster: no more is known of it.
        case thereByRevision
    }
}

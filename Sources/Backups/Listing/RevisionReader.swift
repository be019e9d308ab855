import Snapshot
import Synchronization

/// Backups whose revisions were read.
public struct RevisionReading: Sendable {
    /// All that were given, in order. What is compressed, archived, out of reach or no snapshot stays unknown.
    public var backups: [Backup]
    /// How many were not read because there are newer ones enough.
    public var unreadCount = 0
    /// Why some could not be read, though they may be another time: the first failure.
    public var failure: (any Error)?
}

/// Reads the revisions that names don't say from the backups' own pages, by a few ranges of each and each only once.
public actor RevisionReader {
    /// What was read of a file, which is another one where any of this differs.
    private struct FileIdentity: Hashable {
        var location: String
        var entry: StoreEntry?
    }

    /// `nil` where the file does not say it.
    private var known: [FileIdentity: Revision?] = [:]

    public init() {}

    /// Backups with the revisions that could be read, several at once where that is worth it.
    ///
    /// - Parameters:
    ///   - backups: Those whose names say a revision stay as they are.
    ///   - limit: At most so many are read, the last of them.
    /// - Throws: `CancellationError`.
    public func reading(
        _ backups: [Backup],
        from source: any BackupSource,
        limit: Int
    ) async throws -> RevisionReading {
        var reading = RevisionReading(backups: backups)
        guard source.traits != .streaming else { return reading }
        let all = backups.indices.filter { backups[$0].canBeReadByRanges }
        let readable = all.suffix(limit)
        reading.unreadCount = all.count - readable.count
        let location = source.location
        func identity(_ backup: Backup) -> FileIdentity { FileIdentity(location: location, entry: backup.entry) }
        let missing = readable.filter { known[identity(backups[$0])] == nil }.map { backups[$0] }
        let failures = Failures()
        let found = try await source.traits.inParallel(missing) { backup in
            // A source that is out of reach is not asked once for each of its files.
            if failures.isOutOfReach { return Result.failed }
            return try await Self.revision(of: backup, from: source, failures)
        }
        try Task.checkCancellation()
        for (backup, result) in zip(missing, found) {
            if case .read(let revision) = result { known[identity(backup)] = .some(revision) }
        }
        for index in readable { reading.backups[index].readRevision = known[identity(backups[index])] ?? nil }
        reading.failure = failures.first
        return reading
    }

    private enum Result: Sendable {
        /// `nil` where the file does not say it, however often it is read.
        case read(Revision?)
        /// It may fare better another time.
        case failed
    }

    /// Why files could not be read.
    private final class Failures: Sendable {
        private let all = Mutex<(first: (any Error)?, isOutOfReach: Bool)>((nil, false))

        var first: (any Error)? { all.withLock(\.first) }
        var isOutOfReach: Bool { all.withLock(\.isOutOfReach) }

        func add(_ error: any Error) {
            all.withLock { all in
                all.first = all.first ?? error
                // One file that may not be read says nothing of the others.
                let isOfAll =
                    (error as? StoreError)?.isInterruption ?? ((error as? any UserError)?.category == .unreachable)
                if isOfAll { all.isOutOfReach = true }
            }
        }
    }

    private static func revision(
        of backup: Backup,
        from source: any BackupSource,
        _ failures: Failures
    ) async throws -> Result {
        guard let byteCount = backup.byteCount else { return .read(nil) }
        let snapshot = RemoteSnapshot(byteCount: byteCount) { range in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(range.count)
            try await source.read(backup, range: range) { bytes.append(contentsOf: $0) }
            return bytes
        }
        do {
            return .read(Revision(try await snapshot.revision()))
        } catch is SnapshotProblem {
            return .read(nil)
        } catch is RemoteSnapshotError {
            return .read(nil)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            failures.add(error)
            return .failed
        }
    }
}

extension Backup {
    /// Whether its revision can be read from its own pages.
    fileprivate var canBeReadByRanges: Bool {
        revision == nil && encoding == .raw && entry?.storageClass == nil && (byteCount ?? 0) > 0
    }
}

import Snapshot

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
    /// - Returns: The same backups, in order. What is compressed, archived, unreachable or no snapshot stays unknown.
    /// - Throws: `CancellationError`.
    public func reading(_ backups: [Backup], from source: any BackupSource, limit: Int) async throws -> [Backup] {
        let readable = backups.indices.filter { backups[$0].canBeReadByRanges }.suffix(limit)
        guard !readable.isEmpty, source.traits != .streaming else { return backups }
        let location = source.location
        func identity(_ backup: Backup) -> FileIdentity { FileIdentity(location: location, entry: backup.entry) }
        let missing = readable.filter { known[identity(backups[$0])] == nil }.map { backups[$0] }
        let found = try await source.traits.inParallel(missing) { try await Self.revision(of: $0, from: source) }
        try Task.checkCancellation()
        for (backup, result) in zip(missing, found) {
            if case .read(let revision) = result { known[identity(backup)] = .some(revision) }
        }
        var backups = backups
        for index in readable { backups[index].readRevision = known[identity(backups[index])] ?? nil }
        return backups
    }

    private enum Result: Sendable {
        /// `nil` where the file does not say it, however often it is read.
        case read(Revision?)
        /// It may fare better another time.
        case unreachable
    }

    private static func revision(of backup: Backup, from source: any BackupSource) async throws -> Result {
        guard let byteCount = backup.byteCount else { return .read(nil) }
        let snapshot = RemoteSnapshot(byteCount: byteCount) { range in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(range.count)
            try await source.read(backup, range: range) { bytes.append(contentsOf: $0) }
            return bytes
        }
        do {
            return .read(Revision(try await snapshot.revision()))
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as any UserError {
            return error.category == .unreachable ? .unreachable : .read(nil)
        } catch {
            return .read(nil)
        }
    }
}

extension Backup {
    /// Whether its revision can be read from its own pages.
    fileprivate var canBeReadByRanges: Bool {
        revision == nil && encoding == .raw && entry?.storageClass == nil && (byteCount ?? 0) > 0
    }
}

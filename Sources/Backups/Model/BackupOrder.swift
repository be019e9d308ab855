public import FoundationEssentials
import Text

/// How the backups of a layout are sorted, from the oldest to the newest.
public enum BackupOrder: Sendable, Hashable {
    /// By revision, as far as it is known.
    case byRevision
    /// By time, where names say no revision.
    case byTime

    /// What decides over a backup's place.
    ///
    /// - Parameter now: A time in the future proves nothing: it is as good as unknown.
    public func rank(of backup: Backup, at now: Date) -> BackupRank {
        switch self {
        case .byRevision: backup.knownRevision.map(BackupRank.revision) ?? .unknown
        case .byTime: backup.isInFuture(at: now) ? .unknown : backup.modified.map(BackupRank.time) ?? .unknown
        }
    }

    /// Whether one backup is listed before another: by rank, then by version, of one revision by the time that names
    /// say, then by name; versions of one name by the time when they were written.
    public func lists(_ a: Backup, before b: Backup, at now: Date) -> Bool {
        let (rankA, rankB) = (rank(of: a, at: now), rank(of: b, at: now))
        if rankA != rankB { return rankA < rankB }
        if a.version != b.version {
            guard let versionA = a.version, let versionB = b.version else { return a.version == nil }
            if versionA < versionB || versionB < versionA { return versionA < versionB }
        }
        if self == .byRevision, a.isTimeNamed, b.isTimeNamed, let timeA = a.modified, let timeB = b.modified,
            timeA != timeB
        {
            return timeA < timeB
        }
        if !a.name.hasSameBytes(as: b.name) { return a.name.precedesInBytes(b.name) }
        return a.modified ?? .distantPast < b.modified ?? .distantPast
    }
}

/// A backup's place among others: the higher, the newer.
public enum BackupRank: Sendable, Hashable, Comparable {
    case unknown
    case revision(Revision)
    case time(Date)
}

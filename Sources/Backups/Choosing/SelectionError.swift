import FoundationEssentials
import Text

/// Why no backup could be chosen.
public enum SelectionError: UserError, Equatable {
    /// There is none of the cluster, or in a source that does not name clusters none at all.
    case noBackups(cluster: String?)
    /// The source says how many it has, and offers none of them.
    case noneOffered(count: Int)
    /// None of the revisions that are known is it; those of `unknownCount` of the backups are not.
    case noSuchRevision(Revision, below: Revision?, above: Revision?, count: Int, unknownCount: Int)
    case noSuchName(String)
    /// The source can't list, and so can't find what is asked for among so many.
    case unlisted(String, count: Int)
    /// Nothing was deleted or replaced, as far as the source keeps that.
    case nothingNoncurrent(cluster: String?)
    /// Of what was deleted or replaced nothing has that version.
    case noSuchVersion(String)
    /// There is such a backup, but it is not within what narrows the choice.
    case excluded(String, reason: String)
    /// There are several, and what narrows the choice leaves none.
    /// `known` is the end of a sentence on what there is instead.
    case allExcluded(count: Int, by: String, futureCount: Int = 0, known: String = "")
    /// There are some, and none can be used as it is.
    case noneUsable([UnusableBackup])
    /// Several backups have the revision, or the time, that was chosen.
    case ambiguous(BackupRank, names: [String])

    public var code: String {
        switch self {
        case .noBackups: "selection.no-backups"
        case .noneOffered: "selection.none-offered"
        case .noSuchRevision: "selection.no-such-revision"
        case .noSuchName: "selection.no-such-name"
        case .unlisted: "selection.not-listed"
        case .nothingNoncurrent: "selection.nothing-deleted"
        case .noSuchVersion: "selection.no-such-version"
        case .excluded, .allExcluded: "selection.excluded"
        case .noneUsable: "selection.none-usable"
        case .ambiguous: "selection.ambiguous"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .ambiguous, .unlisted: .failed
        case .noneUsable(let backups):
            backups.contains { $0.obstacles.contains(where: \.isOfContent) } ? .unsound : .notFound
        case .noBackups, .noneOffered, .noSuchRevision, .noSuchName, .nothingNoncurrent, .noSuchVersion, .excluded,
            .allExcluded:
            .notFound
        }
    }

    public var description: String {
        switch self {
        case .noBackups(let cluster):
            return "cannot pick a backup: " + (cluster.map { "cluster '\($0.printable)' has none" } ?? "there is none")
        case .noneOffered(let count):
            return
                "cannot pick a backup: the source reports \(count == 1 ? "1 backup" : "\(count) backups"), but offers none"
        case .noSuchRevision(let revision, let below, let above, let count, let unknownCount):
            let neighbours = [below, above].compactMap { $0?.description }.joined(separator: " and ")
            let nearest = below != nil && above != nil ? "the nearest are" : "the nearest is"
            let knownCount = count - unknownCount
            let unknown = "; \(unknownCount) \(unknownCount == 1 ? "is" : "are") unknown"
            let finding =
                switch (knownCount, unknownCount) {
                case (_, 0): "no backup has it"
                case (0, 1): "the revision of the only backup is unknown"
                case (0, _): "the revisions of all \(unknownCount) backups are unknown"
                case (1, _): "the only revision that could be read is another one" + unknown
                default: "none of the \(knownCount) revisions that could be read is it" + unknown
                }
            return "cannot pick revision \(revision): \(finding)"
                + (neighbours.isEmpty ? "" : "; \(nearest) \(neighbours)")
        case .noSuchName(let name):
            return "cannot pick '\(name.printable)': no backup has that name"
        case .unlisted(let what, let count):
            return "cannot pick \(what): the source lists only the newest of its \(count) backups"
        case .nothingNoncurrent(let cluster):
            let owner = cluster.map { " of cluster '\($0.printable)'" } ?? ""
            return "cannot pick what was deleted or replaced: the source keeps nothing\(owner)"
        case .noSuchVersion(let version):
            return "cannot pick version \(version.printable): nothing that was deleted or replaced has it"
        case .excluded(let name, let reason):
            return "cannot pick \(name): \(reason)"
        case .allExcluded(let count, let conditions, let futureCount, let known):
            return "cannot pick a backup: none of the \(count) is \(conditions)" + known
                + (futureCount == 0 ? "" : "; \(futureCount) of them have a time in the future, so a clock is wrong")
        case .noneUsable(let backups):
            let count = backups.count == 1 ? "the only one" : "none of the \(backups.count)"
            return "cannot pick a backup: \(count) can\(backups.count == 1 ? "'t" : "") be used: \(backups.sentence)"
        case .ambiguous(let rank, let names):
            let all = names.prefix(4).joined(separator: " and ")
            return switch rank {
            case .revision(let revision): "cannot pick revision \(revision): \(names.count) backups have it, \(all)"
            case .time(let time):
                "cannot pick a backup by its time: \(names.count) were written \(time.formatted(.iso8601)), \(all)"
            case .unknown:
                "cannot pick a backup by its time: that of \(names.count) is unknown or in the future, \(all)"
            }
        }
    }
}

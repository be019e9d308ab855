/// A layout whose backups lie among many more files with changes since them, all called by what they are: `Full-…` and
/// `Incr-…`. The newest backup is found without reading the names of all changes.
public protocol BackupsAmongDeltas: Layout {
    /// What the names of the backups begin with, and no others: `Full-`.
    var backupPrefix: String { get }

    /// What the names of the files with changes begin with: `Incr-`.
    var deltaPrefix: String { get }

    /// A text that comes before the names of all changes since a revision, and behind most of the earlier ones.
    ///
    /// - Returns: `nil` where the names don't sort.
    func start(ofDeltasSince revision: Revision) -> String?
}

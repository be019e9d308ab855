public import FoundationEssentials

/// Where backups come from: a store with a layout, or the cluster's backup service.
///
/// All calls throw a `UserError`, and `CancellationError` where their task is cancelled.
public protocol BackupSource: Sendable {
    /// The folder where the backups of a cluster lie, as other programs name it; `nil` where they have none.
    func address(of cluster: ClusterName) -> String?

    /// What it is called in sentences: `volume /var/etcd-backup`.
    var location: String { get }

    /// Where the keys of its backups count from, in sentences: `bucket backups`, without the folder in use.
    var root: String { get }

    /// Where the keys of its backups count from, as other programs name it: `s3://bucket`, or an absolute path. `nil`
    /// where its backups have no keys.
    var address: String? { get }

    /// What the prompt calls it, as `use` does: `pv`.
    var shortName: String { get }

    /// What its calls cost.
    var traits: StoreTraits { get }

    /// Whether it has to be said whose backups are wanted before it can be asked for any.
    var needsCluster: Bool { get }

    /// Whether it says which backups are of which cluster. Otherwise all it has may be of any.
    var namesClusters: Bool { get }

    /// A layout that takes names there for backups which its own ignores; `nil` where none was seen.
    var otherLayout: OtherLayout? { get }

    /// Asks for the first time, and reports what is there.
    func overview() async throws -> SourceOverview

    /// The clusters with backups there.
    func clusters() async throws -> ClusterListing
    /// The first names that are in the place, whatever they are: a folder ends in a slash. None where it has no names.
    func firstNames(_ count: Int) async throws -> [String]

    /// Whether there is a cluster of that name, byte for byte.
    func has(_ cluster: ClusterName) async throws -> Bool

    /// The backups of a cluster. A cluster that is not there has none: that is an empty listing, not an error.
    ///
    /// - Parameters:
    ///   - cluster: Makes no difference where the source names none.
    ///   - scope: What is asked for; a source may give more, never less.
    func backups(of cluster: ClusterName?, _ scope: BackupScope) async throws -> BackupListing

    /// How many backups a cluster has, without holding them all in memory.
    func summary(of cluster: ClusterName) async throws -> ClusterSummary

    /// The summaries of clusters, in their order. One that can't be read is no reason not to read the others.
    ///
    /// - Throws: `CancellationError`.
    func summaries(of clusters: [ClusterName]) async throws -> [Result<ClusterSummary, any Error>]

    /// Whether it can have new backups made.
    var makesBackups: Bool { get }

    /// Has a new backup made and waits for it, as long as that takes.
    func makeBackup(of cluster: ClusterName) async throws -> Backup

    /// The files beside a backup that belong to it: of its `companionKeys` those that are there, and the files in those
    /// that are folders.
    func companions(of backup: Backup) async throws -> [StoreEntry]

    /// The oldest version that is kept of a backup, where that is another one, and the one that counts in its layout.
    func versionThatCounts(of backup: Backup) async throws -> StoreEntry?

    /// Hands the bytes of `range` to `sink`, in order: the contract of `Store.read`.
    ///
    /// - Parameter range: `nil` for all of them, however many there are. A source that only streams takes nothing else.
    func read(
        _ backup: Backup,
        range: Range<Int64>?,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws
}

extension BackupSource {
    public func versionThatCounts(of backup: Backup) async throws -> StoreEntry? { nil }

    /// The file that a backup lacks beside it, which its distribution needs to restore it; `nil` where it lacks none.
    ///
    /// - Throws: What `companions(of:)` throws.
    public func missingCompanion(of backup: Backup) async throws -> String? {
        guard backup.needsCompanions, let key = backup.companionKeys.first,
            try await companions(of: backup).isEmpty
        else { return nil }
        return backup.companionPath(of: key)
    }

    public var root: String { location }

    public var address: String? { nil }

    public var otherLayout: OtherLayout? { nil }

    public func address(of cluster: ClusterName) -> String? { nil }

    public var needsCluster: Bool { true }
    public var namesClusters: Bool { true }

    public func overview() async throws -> SourceOverview {
        .clusters(try await clusters(), layout: nil)
    }

    public func summaries(of clusters: [ClusterName]) async throws -> [Result<ClusterSummary, any Error>] {
        try await summariesOneByOne(of: clusters)
    }

    func summariesOneByOne(of clusters: [ClusterName]) async throws -> [Result<ClusterSummary, any Error>] {
        try await traits.inParallel(clusters) { cluster in
            do {
                return Result<ClusterSummary, any Error>.success(try await summary(of: cluster))
            } catch let failure as any UserError {
                return .failure(failure)
            }
        }
    }

    public func has(_ cluster: ClusterName) async throws -> Bool {
        try await clusters().has(cluster)
    }

    public func firstNames(_ count: Int) async throws -> [String] { [] }

    public func companions(of backup: Backup) async throws -> [StoreEntry] { [] }

    public var makesBackups: Bool { false }

    public func makeBackup(of cluster: ClusterName) async throws -> Backup {
        throw refusalToMakeBackup
    }

    /// That it is no backup service.
    public var refusalToMakeBackup: StoreError {
        .unsupported(reason: "only a backup service makes new backups, and not the \(location)")
    }

    /// All backups of a cluster.
    public func backups(of cluster: ClusterName?) async throws -> BackupListing {
        try await backups(of: cluster, .all)
    }
}

/// What a source has, when it is asked for the first time.
public enum SourceOverview: Sendable {
    /// The backups of these clusters, and the layout that they are in, where there is one; the first of the only
    /// cluster, where that is called as its folder.
    case clusters(ClusterListing, layout: String?, only: BackupListing? = nil)
    /// The backups of one cluster, which it does not name; what it reports of the last one it made.
    case oneCluster(BackupTotal, newest: ReportedBackup?, cluster: ClusterName?)
    /// Backups that name no cluster, perhaps only the first, and the layout that they are in. It is a guess where no
    /// other layout was found: any file with a usual ending may have caused it.
    case unnamed(layout: String, isGuess: Bool, BackupListing)
}

/// What a backup service reports of a backup.
public struct ReportedBackup: Sendable, Hashable {
    public var version: EtcdVersion
    /// Older services don't report it.
    public var revision: Revision?
    public var created: Date?
    public var approximateByteCount: Int64

    public init(version: EtcdVersion, revision: Revision?, created: Date?, approximateByteCount: Int64) {
        self.version = version
        self.revision = revision
        self.created = created
        self.approximateByteCount = approximateByteCount
    }
}

/// Which of a cluster's backups are asked for.
public enum BackupScope: Sendable {
    case all
    /// Of the versions that are accepted, those with the highest revisions, so many of them; all that share the lowest
    /// of these revisions belong to it. The target, one of the reasons not to accept a version, is for a source that
    /// chooses itself.
    case newest(Int, accepts: @Sendable (EtcdVersion?) -> Bool = { _ in true }, target: EtcdVersion? = nil)
    /// The one of a revision that an etcd version wrote.
    case exact(EtcdVersion, Revision)
    /// Those of one name.
    case named(String)
    /// Those that are no longer what stands under their name: older versions, and what was deleted; so many are enough.
    case noncurrent(limit: Int = .max)
}

/// What a cluster has, in short.
public struct ClusterSummary: Sendable {
    public var backupCount: Int
    /// The one with the highest revision.
    public var newest: Backup?

    public init(backupCount: Int = 0, newest: Backup? = nil) {
        self.backupCount = backupCount
        self.newest = newest
    }
}

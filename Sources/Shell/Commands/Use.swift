import Backups
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let use = CommandDeclaration(
        words: ["use"],
        summary: "says which source of backups is in use",
        examples: [.init("use pv; use", "says: using volume /var/etcd-backup")],
        run: { _, session in
            guard let source = session.source else {
                session.output.listing(
                    "no source is in use yet; connect to one: use service, use s3 BUCKET, or use pv [DIR]",
                    json: [SourceRecord(location: nil)]
                )
                return
            }
            session.output.listing(
                "using \(source.location)",
                json: [SourceRecord(location: source.location)]
            )
        }
    )

    static let usePV = CommandDeclaration(
        words: ["use", "pv"],
        summary: "takes the backups from a volume: a mounted disk, or a copy of one",
        details: [
            "DIR is the folder where the volume is mounted, its v1 folder, or the root of",
            "a disk that has var/etcd-backup; without it, /var/etcd-backup is used.",
            "Where a cluster is chosen already, the volume must have a backup of it.",
        ],
        arguments: [ArgumentDeclaration(name: "DIR", kind: .folder, isRequired: false)],
        examples: [
            .init("use pv", "the usual place, /var/etcd-backup"),
            .init("use pv /mnt/rescue || use pv", "the first of two places that can be used"),
        ],
        establishes: [.source],
        invalidates: [.pick, .listing],
        run: { invocation, session in try await connect(.volume(path: invocation.text("DIR")), session) }
    )

    @MainActor
    static func connect(_ location: SourceLocation, _ session: Session) async throws {
        let source = try await session.environment.connect(location, session.output.report)
        switch try await source.overview() {
        case .clusters(let clusters):
            if let cluster = session.cluster { try await checkBackups(of: cluster, among: clusters, source) }
            session.source = source
            session.forgetChoice()
            session.output.result(
                "using \(source.location): \(summary(of: clusters.clusters))",
                json: SourceRecord(location: source.location, clusters: clusters.clusters.map(\.description))
            )
            session.output.note(ignored: clusters.ignored, among: "the clusters")
            if clusters.clusters.isEmpty, case .bucket(let place) = location {
                session.output.note(
                    place.prefix.isEmpty
                        ? "backups that lie below a prefix are found by naming it: use s3 BUCKET/PREFIX"
                        : "is '\(place.prefix.printable)' the right prefix? it is the one that v1/ lies below"
                )
            }
        case .unnamed(let layout, let listing):
            session.source = source
            session.forgetChoice()
            let count = listing.backups.count
            session.output.result(
                "using \(source.location), layout \(layout): "
                    + (count == 1
                        ? "1 backup; its name says no cluster" : "\(count) backups; their names say no cluster"),
                json: SourceRecord(location: source.location, backups: count)
            )
            session.output.note(
                ignored: listing.ignored,
                among: "the backups",
                howToSeeAll: "'ls --ignored' lists them"
            )
            if let cluster = session.cluster {
                session.output.note("these backups may be of any cluster: '\(cluster)' is only a label here")
            }
        case .oneCluster(let total, let newest):
            if let cluster = session.cluster, total.count == 0 {
                throw ClusterError.empty(cluster, location: source.location)
            }
            session.source = source
            session.forgetChoice()
            session.output.result(
                "using \(source.location): \(summary(of: total, newest, at: session.environment.now()))",
                json: SourceRecord(location: source.location, backups: total.count)
            )
            if session.cluster == nil {
                session.output.note("it does not tell whose backups it has; say it to go on: cluster NAME")
            }
        }
    }

    /// - Throws: `ClusterError` where there is no backup of the cluster, not even a deleted one.
    private static func checkBackups(
        of cluster: ClusterName,
        among clusters: ClusterListing,
        _ source: any BackupSource
    ) async throws {
        try await ClusterError.check(cluster, isIn: source, among: clusters)
        if try await source.backups(of: cluster, .newest(1)).backups.isEmpty,
            try await !ClusterError.hasLostBackups(cluster, in: source)
        {
            throw ClusterError.empty(cluster, location: source.location)
        }
    }

    private static func summary(of total: BackupTotal, _ newest: ReportedBackup?, at now: Date) -> String {
        if total.count == 0 { return "it has no backup yet" }
        let all =
            "\(total.count) \(total.count == 1 ? "backup" : "backups"), about \(total.approximateByteCount.byteCountText)"
        guard let newest else { return all }
        let revision = newest.revision.map { "revision \($0), " } ?? ""
        let age = newest.created.map { Age(of: $0, at: now).clause } ?? ""
        return "\(all); the last it made: \(revision)etcd \(newest.version)\(age)"
    }

    private static func summary(of names: [ClusterName]) -> String {
        if names.isEmpty { return "no cluster has backups there" }
        let shown = names.prefix(8).map(\.description).joined(separator: ", ")
        let rest = names.count > 8 ? " and \(names.count - 8) more" : ""
        return "\(names.count) \(names.count == 1 ? "cluster" : "clusters"), \(shown)\(rest)"
    }

    private struct SourceRecord: Encodable {
        let kind = "source"
        let location: String?
        var clusters: [String]?
        /// How many there are, of a source that does not tell whose they are.
        var backups: Int?
    }
}

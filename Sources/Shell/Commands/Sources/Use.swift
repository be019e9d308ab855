import Backups
import FoundationEssentials
import Text

extension CommandDeclaration {
    /// What every command begins with that is about the source in use.
    static let useWord = "use"

    /// `use` alone: says which source is in use.
    static func use(_ sources: [SourceDeclaration]) -> CommandDeclaration {
        CommandDeclaration(
            words: [useWord],
            summary: "show which source of backups is in use",
            examples: [
                .init(
                    "cluster foo; \(sources.map(\.firstExample).joined(separator: " || ")); \(useWord)",
                    "the first that has a backup of the cluster"
                )
            ],
            records: [.source],
            dryRun: .asUsual,
            run: { _, session in
                if let world = session.world {
                    session.output.note("this is the drill \(world.name.printable): 'use' reaches only its own sources")
                }
                guard let source = session.source else {
                    session.output.listing(
                        "no source is in use yet; connect to one: \(sources.waysToConnect)",
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
    }
}

extension SourceDeclaration {
    /// The command of its first example, without options.
    fileprivate var firstExample: String { command(examples.first?.place) }
}

extension Session {
    private func sourceContext(_ cluster: ClusterName?) -> SourceContext {
        var context = SourceContext(
            environment: dependencies.processEnvironment,
            home: dependencies.home,
            cluster: cluster,
            report: output.report
        )
        context.world = world
        return context
    }

    /// Connects to a source, and uses it if it has the chosen cluster. Where that fails, nothing has changed.
    ///
    /// - Throws: `ClusterError`, and what the source throws.
    func connect(to declaration: SourceDeclaration, _ values: SettingValues, _ choice: ClusterChoice) async throws {
        let cluster: ClusterName? =
            switch choice {
            case .before: self.cluster
            case .only: nil
            case .named(let name): name
            }
        let source: any BackupSource
        do {
            source = try await declaration.connect(
                values,
                sourceContext(cluster)
            )
        } catch let error as SettingError {
            throw UsageError(error.message, hint: error.nextStep?.text(dependencies.commands.sources))
        }
        let overview = try await source.overview()
        // What a bucket keeps of what was deleted may still be chosen.
        if source.traits == .local {
            if case .clusters(let listing, _, _) = overview, listing.clusters.isEmpty {
                throw try await NoClusters(listing, in: source)
            }
            if let nothing = NoBackups(overview, in: source) { throw nothing }
        }
        switch overview {
        case .clusters(let clusters, let layout, let only):
            let hasOne = clusters.clusters.count == 1 && !clusters.hasUnnamedBackups
            var meant = hasOne ? clusters.clusters.first : nil
            if let cluster { meant = try await Self.cluster(meantBy: cluster, among: clusters, source) }
            take(source, cluster, meant)
            knownClusters = clusters.clusters
            output.result(
                "using \(source.location)\(Self.clause(layout)): \(Self.summary(of: clusters.clusters))"
                    + (only.map { ": \(Self.summary(of: $0))" } ?? ""),
                json: SourceRecord(
                    location: source.location,
                    layout: layout,
                    clusters: clusters.clusters.map(\.description)
                )
            )
            output.note(ignored: clusters.ignored, among: "the clusters")
            if case .only = choice, clusters.clusters.count > 1 {
                output.note("there is more than one cluster, and none is chosen: cluster NAME chooses one")
            }
        case .unnamed(let layout, _, let listing):
            // `||` should try the next source: another cluster's backup must not pass for this one's.
            if let cluster { throw ClusterError.unnamed(cluster, location: source.location) }
            take(source, cluster, nil)
            output.result(
                "using \(source.location)\(Self.clause(layout)): \(Self.summary(of: listing))",
                json: SourceRecord(
                    location: source.location,
                    layout: layout,
                    backups: listing.backups.count,
                    isComplete: listing.isComplete ? nil : false
                )
            )
            // Where more names follow, 'ls' says how many are ignored.
            if listing.isComplete {
                output.note(ignored: listing.ignored, among: "the backups", howToSeeAll: "'ls --ignored' lists them")
            }
        case .oneCluster(let total, let newest, let serves):
            // `||` should try the next source, as above.
            if let cluster, let serves, !serves.isMeant(by: cluster) {
                throw ClusterError.otherService(cluster, serves: serves, location: source.location)
            }
            if let cluster, total.count == 0 { throw ClusterError.empty(cluster, location: source.location) }
            take(source, cluster, cluster ?? serves)
            isClusterSaid = serves == nil
            output.result(
                "using \(source.location): \(Self.summary(of: total, newest, at: dependencies.now()))",
                json: SourceRecord(
                    location: source.location,
                    clusters: serves.map { [$0.description] },
                    backups: total.count
                )
            )
            if serves == nil {
                output.note(
                    "this source does not say which cluster it serves: "
                        + (cluster.map { "it is taken for '\($0.description.printable)', as you said" }
                            ?? "name it with 'cluster NAME'")
                )
            }
        }
    }

    /// - Parameters:
    ///   - cluster: As the user chose it.
    ///   - meant: What that is in the source or, without a choice, the only one.
    private func take(_ source: any BackupSource, _ cluster: ClusterName?, _ meant: ClusterName?) {
        (self.source, self.cluster, sourceCluster) = (source, cluster, meant)
        isClusterSaid = false
        knownClusters = []
        forgetChoice()
    }

    /// - Throws: `ClusterError` if there is no backup of the cluster, not even a deleted one.
    private static func cluster(
        meantBy cluster: ClusterName,
        among clusters: ClusterListing,
        _ source: any BackupSource
    ) async throws -> ClusterName {
        let cluster = try await ClusterError.cluster(meantBy: cluster, in: source, among: clusters)
        let listing = try await source.backups(of: cluster, .newest(1))
        if listing.backups.isEmpty, try await !ClusterError.hasNoncurrentBackups(cluster, in: source) {
            if let folders = FoldersOfCluster(cluster, listing, in: source) { throw folders }
            throw ClusterError.empty(cluster, location: source.location)
        }
        return cluster
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

    private static func clause(_ layout: String?) -> String { layout.map { ", layout \($0)" } ?? "" }

    /// `15 backups of 3 nodes`.
    ///
    /// - Parameter listing: Of backups whose names say no cluster.
    private static func summary(of listing: BackupListing) -> String {
        let count = listing.backups.count
        let atLeast = listing.isComplete ? "" : "at least "
        let nodes = Set(listing.backups.compactMap { $0.node.map(ByteText.init) }).count
        let owners = nodes == 0 ? "" : " of \(nodes) \(nodes == 1 ? "node" : "nodes")"
        return switch (count, listing.isComplete) {
        case (0, true): "no backup is there"
        case (0, false): "its first \(listing.ignored.count) names are no backups; 'ls' reads the others"
        case (1, _): "\(atLeast)1 backup\(owners)"
        default: "\(atLeast)\(count) backups\(owners)"
        }
    }

    private static func summary(of names: [ClusterName]) -> String {
        if names.isEmpty { return "no cluster has backups there" }
        let shown = names.prefix(8).map(\.description.printable).joined(separator: ", ")
        let rest = names.count > 8 ? " and \(names.count - 8) more" : ""
        return "\(names.count) \(names.count == 1 ? "cluster" : "clusters"), \(shown)\(rest)"
    }
}

private struct SourceRecord: Encodable {
    let kind = "source"
    let location: String?
    /// How the backups lie, where that was recognised.
    var layout: String?
    var clusters: [String]?
    /// How many there are, of a source that does not say whose they are.
    var backups: Int?
    /// `false` where more may follow those that are counted.
    var isComplete: Bool?
}

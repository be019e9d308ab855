import Backups

/// Facts of what the source in use has, which is asked each time.
extension Fact {
    static let ofSource = [
        Fact(
            name: "source.clusters",
            type: .count,
            summary: "how many clusters have backups in the source in use",
            needs: [.source]
        ) { _, session in
            let source = try session.requireSource()
            guard source.namesClusters else { return .unknown(reason: "the source does not name clusters") }
            return .value(.count(try await source.clusters().clusters.count))
        },
        newest("name", .backupName, "the name of the cluster's newest backup") { backup, _ in
            .value(.text(backup.name))
        },
        newest("revision", .revision, "its revision") { backup, session in
            let source = try session.requireSource()
            let read = try await session.revisionsRead(of: [backup], from: source).backups[0]
            return FactReading(
                read.knownRevision.map(FactValue.revision),
                ifAbsent: "neither its name nor its first pages say it"
            )
        },
        newest("age", .duration, "how long ago the cluster's newest backup was written") { backup, session in
            age(of: backup, session)
        },
    ]

    private static func newest(
        _ name: String,
        _ type: FactType,
        _ summary: String,
        read: @escaping @MainActor @Sendable (Backup, Session) async throws -> FactReading
    ) -> Fact {
        Fact(name: "cluster.newest.\(name)", type: type, summary: summary, needs: [.source, .cluster]) { _, session in
            let cluster = try await session.clusterInUse()
            let listing = try await session.requireSource().backups(of: cluster, until: { !$0.backups.isEmpty })
            guard let newest = listing.backups.last else { return .unknown(reason: "the cluster has no backup") }
            return try await read(newest, session)
        }
    }
}

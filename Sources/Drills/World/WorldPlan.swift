import Backups
package import FoundationEssentials
import Layouts
import Text

/// A drill's world, worked out from the drill, the seed and the time of the start: each time the same.
package struct WorldPlan: Sendable {
    /// Without placeholders.
    package let drill: Drill
    package let seed: Seed
    package let start: Date
    /// In the order of their paths.
    package let backups: [PlannedBackup]

    /// - Parameter content: A snapshot by its name, as the drill's file has it.
    /// - Throws: `WorldError`, and what `content` throws.
    package init(
        _ drill: Drill,
        seed: Seed,
        start: Date,
        content: (String) throws -> SnapshotContent
    ) throws {
        let chosen = drill.filled(with: drill.chosen(by: seed))
        var contents: [String: SnapshotContent] = [:]
        func facts(of name: String) throws -> SnapshotContent {
            if let known = contents[name] { return known }
            let read = try content(name)
            contents[name] = read
            return read
        }
        var backups: [PlannedBackup] = []
        for cluster in chosen.world.clusters {
            for backup in cluster.backups {
                backups.append(
                    try PlannedBackup(backup, of: cluster.name, start, facts(of: backup.content))
                )
            }
        }
        backups += try Self.others(chosen.world, start, facts)
        self.backups = backups.sorted { $0.path.precedesInBytes($1.path) }
        self.seed = seed
        self.start = start
        self.drill = chosen.filled(with: Self.values(backups, start))
    }

    /// The backups that the drill names.
    package func backup(id: String) throws(WorldError) -> PlannedBackup {
        guard let backup = backups.first(where: { $0.id == id }) else { throw .unknownBackup(id: id) }
        return backup
    }

    /// All kinds of bytes that its backups have.
    package var variants: Set<ContentVariant> { Set(backups.map(\.variant)) }

    // MARK: - Parts

    /// How many backups each of the other clusters has, one a night.
    private static let otherBackupCount = 12

    /// Other clusters, with the same contents as the drill's own backups of the usual size.
    private static func others(
        _ world: World,
        _ start: Date,
        _ facts: (String) throws -> SnapshotContent
    ) throws -> [PlannedBackup] {
        guard world.otherClusterCount > 0 else { return [] }
        let places = Set(
            [world.bucket.map { _ in SourceKind.bucket }, world.volume.map { _ in .volume }].compactMap(\.self)
        )
        let names = Catalog.ordinaryNames.prefix(otherBackupCount)
        var backups: [PlannedBackup] = []
        for number in 1...world.otherClusterCount {
            for (age, content) in names.reversed().enumerated() {
                let age = Duration.seconds(86400 * Int64(age) + 3 * 3600)
                let backup = WorldBackup(id: "", content: content, age: age, places: places)
                backups.append(try PlannedBackup(backup, of: "team-\(number)", start, facts(content)))
            }
        }
        return backups
    }

    /// What stands for `{{ID.name}}` and the like.
    private static func values(_ backups: [PlannedBackup], _ start: Date) -> [String: String] {
        var values: [String: String] = [:]
        for backup in backups {
            guard let id = backup.id else { continue }
            values["\(id).name"] = backup.name
            values["\(id).revision"] = "\(backup.revision)"
            values["\(id).etcd"] = "\(backup.etcdVersion)"
            values["\(id).age"] = DurationText.text(seconds: start.timeIntervalSince(backup.modified))
            values["\(id).version-id"] = backup.versionID
        }
        return values
    }
}

extension PlannedBackup {
    fileprivate init(_ backup: WorldBackup, of cluster: String, _ start: Date, _ content: SnapshotContent) throws {
        guard let version = backup.etcdVersion.flatMap({ EtcdVersion($0) }) ?? content.etcdVersion else {
            throw WorldError.unknownVersion(content: backup.content)
        }
        let revision = backup.revision ?? content.revision
        let parsed = ParsedBackup(version: version, revision: Revision(revision))
        guard let name = OperatorLayout().name(of: parsed) else {
            throw WorldError.unreadable(content: backup.content, reason: "\(revision) is no revision")
        }
        self.init(
            id: backup.id.isEmpty ? nil : backup.id,
            cluster: cluster,
            name: name,
            etcdVersion: version,
            revision: revision,
            modified: start - TimeInterval(backup.age.components.seconds),
            variant: ContentVariant(content: backup.content, byteCount: backup.byteCount, damage: backup.damage),
            places: backup.places,
            isDeleted: backup.isDeleted
        )
    }
}

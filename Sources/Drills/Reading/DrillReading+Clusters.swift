import Language
import Text
import YAML

extension DrillReading {
    func readClusters(_ fields: Fields) {
        guard let items = fields.list(DrillForm.World.clusters) else { return }
        if items.isEmpty { find(fields.place(of: DrillForm.World.clusters), "the world has no cluster") }
        for item in items {
            guard let fields = Fields(item, DrillForm.Cluster.section, self) else { continue }
            let name = clusterName(fields)
            var cluster = WorldCluster(name: name ?? "", backups: [])
            for item in fields.list(DrillForm.Cluster.backups) ?? [] {
                guard let fields = Fields(item, DrillForm.Backup.section, self) else { continue }
                guard let backup = readBackup(fields, of: cluster) else { continue }
                cluster.backups.append(backup)
            }
            world.clusters.append(cluster)
        }
    }

    private func clusterName(_ fields: Fields) -> String? {
        guard let text = fields.line(DrillForm.Cluster.name) else { return nil }
        let names = Set(expansions(of: text.text))
        // What has placeholders that are unknown is found where all texts are checked.
        guard names.allSatisfy({ Self.isHostLabel($0) || $0.contains("{{") }) else {
            find(
                text.node,
                "'\(text.text.shortened)' can't be the name of a cluster",
                hint: "it has up to 40 of a-z, 0-9 and '-', and begins and ends with a letter or a digit"
            )
            // The service names it.
            return text.text
        }
        for other in world.clusters.map(\.name) {
            if other == text.text {
                find(text.node, "'\(text.text.shortened)' is given twice")
            } else if let same = names.intersection(expansions(of: other)).min() {
                find(
                    text.node,
                    "two clusters can get the name '\(same)'",
                    hint: "give 'choose' other texts for one of them"
                )
            }
        }
        return text.text
    }

    /// What other clusters are called.
    func checkOtherClusters(_ fields: Fields) {
        guard world.otherClusterCount > 0 else { return }
        for name in world.clusters.map(\.name) {
            if let taken = expansions(of: name).first(where: { $0.hasPrefix("team-") }) {
                find(
                    fields.place(of: DrillForm.World.otherClusters),
                    "other clusters are called team-1 and so on: '\(taken)' can't be the name of yours"
                )
            }
        }
        if places.isDisjoint(with: [.bucket, .volume]) {
            find(
                fields.place(of: DrillForm.World.otherClusters),
                "the world has no bucket and no volume: other clusters would have no backups"
            )
        }
    }

    // MARK: - Backups

    private typealias Form = DrillForm.Backup

    /// What makes a world larger than what a machine has for it.
    private static let maxByteCount: Int64 = 64 << 20

    private func readBackup(_ fields: Fields, of cluster: WorldCluster) -> WorldBackup? {
        let idText = fields.text(Form.id)
        let id = name(idText, of: Form.id)
        var backup = WorldBackup(
            id: id ?? "",
            content: readContent(fields) ?? "",
            age: .seconds(fields.seconds(Form.age, max: 3650 * 86400) ?? 0),
            places: readBackupPlaces(fields, of: cluster)
        )
        backup.etcdVersion = fields.version(Form.etcd)
        if !fields.has(Form.etcd), backup.content.hasPrefix("./"), let file = contentFiles.last {
            filesWithoutVersion.append(file)
        }
        backup.revision = fields.number(Form.revision, in: 1...Int64.max)
        backup.byteCount = fields.byteCount(Form.size, max: Self.maxByteCount)
        if let text = fields.text(Form.damage) {
            backup.damage = WorldBackup.Damage(rawValue: text.text)
            if backup.damage == nil {
                let kinds = WorldBackup.Damage.allCases.map(\.rawValue)
                find(text.node, "'\(text.text.shortened)' is no damage", hint: "it is \(kinds.joined(separator: ", "))")
            }
        }
        backup.isDeleted = fields.flag(Form.deleted) ?? false
        check(backup, fields, of: cluster)
        guard let id, let idText else { return nil }
        if backups.updateValue(backup, forKey: id) != nil { find(idText.node, "'\(id)' is given twice") }
        if choices[id] != nil { find(idText.node, "'\(id)' is the name of a value of 'choose', too") }
        return backup
    }

    private func readContent(_ fields: Fields) -> String? {
        guard let text = fields.text(Form.content) else { return nil }
        if text.text.hasPrefix("./") {
            var inner = text
            inner.text.removeFirst(2)
            guard pathInWork(inner) != nil else { return nil }
            contentFiles.append(text)
            return text.text
        }
        if contents.contains(text.text) { return text.text }
        find(
            text.node,
            "there is no snapshot '\(text.text.shortened)'",
            hint: Suggestion.hint(for: text.text, among: contents)
                ?? (text.text.contains("/") || text.text.contains(".")
                    ? "a file beside the drill is written ./FILE"
                    : "'help drills' lists them; a file is written ./FILE")
        )
        return nil
    }

    private func readBackupPlaces(_ fields: Fields, of cluster: WorldCluster) -> Set<SourceKind> {
        var found: Set<SourceKind> = []
        for text in fields.texts(Form.places) {
            guard let kind = SourceKind(rawValue: text.text) else {
                let kinds = SourceKind.allCases.map(\.rawValue)
                find(
                    text.node,
                    "'\(text.text.shortened)' is no place",
                    hint: Suggestion.hint(for: text.text, among: kinds) ?? "it is \(kinds.joined(separator: ", "))"
                )
                continue
            }
            if !found.insert(kind).inserted { find(text.node, "'\(kind.rawValue)' is given twice") }
            if !places.contains(kind) {
                find(text.node, "the world has no \(kind.rawValue)", hint: "write '\(kind.rawValue):' in 'world'")
            }
            if kind == .service, !cluster.name.isEmpty { servedBackups.append((text.node, cluster.name)) }
        }
        return found
    }

    /// What can't be together.
    private func check(_ backup: WorldBackup, _ fields: Fields, of cluster: WorldCluster) {
        if backup.damage == .empty, backup.byteCount != nil {
            find(fields.place(of: Form.size), "an empty backup has no size")
        }
        if backup.isDeleted {
            if backup.places != [.bucket] {
                find(fields.place(of: Form.deleted), "only a backup whose one place is the bucket can be deleted")
            } else if let bucket = world.bucket, !bucket.keepsVersions {
                find(
                    fields.place(of: Form.deleted),
                    "the bucket keeps no versions: nothing would be left of it",
                    hint: "write 'versions: true' in 'bucket'"
                )
            }
        }
        guard !backup.content.isEmpty else { return }
        for other in cluster.backups
        where backup.hasSameName(as: other) && !other.places.isDisjoint(with: backup.places) {
            find(
                fields.place(of: Form.content),
                "it has the same name as '\(other.id)'",
                hint: "give one of them another 'revision' or 'etcd'"
            )
        }
    }
}

extension WorldBackup {
    /// Whether version and revision are surely the same, which are its name.
    fileprivate func hasSameName(as other: WorldBackup) -> Bool {
        func isSame<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool {
            a == nil && b == nil ? content == other.content : a == b
        }
        return isSame(etcdVersion, other.etcdVersion) && isSame(revision, other.revision)
    }
}

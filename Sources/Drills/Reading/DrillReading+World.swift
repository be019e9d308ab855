import Backups
import Language
import Restore
import Text
import YAML

extension DrillReading {
    /// - Returns: Whether there is one.
    func readWorld(_ drill: Fields) -> Bool {
        guard let value = drill.value(DrillForm.Drill.world), let fields = Fields(value, DrillForm.World.section, self)
        else { return false }
        // The places first: backups lie in them.
        readPlaces(fields)
        readClusters(fields)
        checkService(fields)
        world.otherClusterCount = Int(fields.number(DrillForm.World.otherClusters, in: 0...5000) ?? 0)
        checkOtherClusters(fields)
        readDataDirectories(fields)
        return true
    }

    // MARK: - Places

    private func readPlaces(_ fields: Fields) {
        places = Set(
            SourceKind.allCases.filter { kind in
                fields.section.keys.contains { $0.name == kind.rawValue && fields.has($0) }
            }
        )
        if let inner = inner(fields, DrillForm.World.service, DrillForm.Service.section) {
            var service = WorldService(cluster: inner.text(DrillForm.Service.cluster)?.text ?? "")
            service.faults = readFaults(inner, DrillForm.Service.faults, of: .service)
            world.service = service
        }
        if let inner = inner(fields, DrillForm.World.bucket, DrillForm.Bucket.section) {
            var bucket = WorldBucket(name: bucketName(inner) ?? "")
            bucket.prefix = prefix(inner) ?? ""
            bucket.keepsVersions = inner.flag(DrillForm.Bucket.versions) ?? false
            bucket.faults = readFaults(inner, DrillForm.Bucket.faults, of: .bucket)
            world.bucket = bucket
        }
        if let inner = inner(fields, DrillForm.World.volume, DrillForm.Volume.section) {
            var volume = WorldVolume(path: pathAnywhere(inner.text(DrillForm.Volume.path)) ?? "")
            volume.faults = readFaults(inner, DrillForm.Volume.faults, of: .volume)
            world.volume = volume
        }
    }

    private func inner(_ fields: Fields, _ key: FormKey, _ section: FormSection) -> Fields? {
        fields.value(key).flatMap { Fields($0, section, self) }
    }

    /// A bucket's name (Amazon S3, "General purpose bucket naming rules").
    private func bucketName(_ fields: Fields) -> String? {
        guard let text = fields.text(DrillForm.Bucket.name) else { return nil }
        let isName = expansions(of: text.text).allSatisfy { name in
            let bytes = Array(name.utf8)
            return (3...63).contains(bytes.count) && Self.isHostLabel(String(name.prefix(1)))
                && Self.isHostLabel(String(name.suffix(1)))
                && bytes.allSatisfy { Self.isHostLabel("a\(UnicodeScalar($0))a") || $0 == UInt8(ascii: ".") }
        }
        if !isName {
            find(
                text.node,
                "'\(text.text.shortened)' can't be the name of a bucket",
                hint: "it has 3 to 63 of a-z, 0-9, '-' and '.', and begins and ends with a letter or a digit"
            )
        }
        return isName ? text.text : nil
    }

    private func prefix(_ fields: Fields) -> String? {
        guard let text = fields.text(DrillForm.Bucket.prefix) else { return nil }
        if text.text.hasSuffix("/") || text.text.hasPrefix("/") {
            find(text.node, "'\(text.text.shortened)' begins or ends with '/'", hint: "write it without")
            return nil
        }
        return pathInWork(text)
    }

    /// What is wrong with a place, from now on or from the start.
    func readFaults(_ fields: Fields, _ key: FormKey, of kind: SourceKind) -> Faults {
        typealias Form = DrillForm.Faults
        guard let inner = inner(fields, key, Form.section) else { return Faults() }
        if kind == .volume {
            for key in Form.section.keys where key.name != Form.down.name && inner.has(key) {
                find(inner.place(of: key), "a volume has no '\(key.name)'", hint: "'down' is its only fault")
            }
        }
        let maxByteCount: Int64 = 1 << 30
        var faults = Faults()
        faults.isDown = inner.flag(Form.down) ?? false
        faults.busyCount = Int(inner.number(Form.busy, in: 0...10_000) ?? 0)
        faults.resetByteCount = inner.byteCount(Form.resetAfter, max: maxByteCount)
        faults.silentByteCount = inner.byteCount(Form.silentAfter, max: maxByteCount)
        faults.clockOffsetSeconds = inner.seconds(Form.clockOff, max: 3650 * 86400, canBeNegative: true) ?? 0
        return faults
    }

    private func checkService(_ fields: Fields) {
        guard let service = world.service, !service.cluster.isEmpty else { return }
        let names = world.clusters.map(\.name)
        if names.contains(service.cluster) {
            for (node, cluster) in servedBackups where cluster != service.cluster {
                find(node, "the service has only backups of '\(service.cluster.shortened)'")
            }
        }
        guard !names.contains(service.cluster), let inner = fields.value(DrillForm.World.service),
            case .mapping(let entries) = inner.value,
            let text = entries.first(where: { $0.key.text == DrillForm.Service.cluster.name })?.value
        else { return }
        find(
            text,
            "the world has no cluster '\(service.cluster.shortened)'",
            hint: Suggestion.hint(for: service.cluster, among: names)
        )
    }

    // MARK: - Data directories

    private func readDataDirectories(_ fields: Fields) {
        typealias Form = DrillForm.DataDirectory
        for item in fields.list(DrillForm.World.dataDirectories) ?? [] {
            guard let fields = Fields(item, Form.section, self) else { continue }
            let path = pathInWork(fields.text(Form.path))
            if let path { checkApart(path, fields.place(of: Form.path)) }
            let backup = fields.text(Form.backup)
            if let backup, let damage = requireBackup(backup)?.damage {
                find(backup.node, "'\(backup.text)' is \(damage.rawValue): no data directory can have its keys")
            }
            let member = fields.line(Form.member)
            let cluster = fields.line(Form.initialCluster)
            let token = fields.line(Form.token)
            if let member, let cluster, let token { check(cluster, member, token) }
            // Also where something of it is wrong: conditions name it.
            guard let path else { continue }
            world.dataDirectories.append(
                WorldDataDirectory(
                    path: path,
                    backup: backup?.text ?? "",
                    memberName: member?.text ?? "",
                    initialCluster: cluster?.text ?? "",
                    token: token?.text ?? ""
                )
            )
        }
    }

    /// No data directory lies in another one, or in the volume, or around them.
    private func checkApart(_ path: String, _ place: YAMLNode) {
        for other in world.dataDirectories.map(\.path) + [world.volume?.path].compactMap(\.self) {
            if path == other || path.hasPrefix(other + "/") || other.hasPrefix(path + "/") {
                find(place, "'\(path)' and '\(other)' lie within each other")
            }
        }
    }

    private func check(_ cluster: PlacedText, _ member: PlacedText, _ token: PlacedText) {
        do throws(InitialClusterError) {
            for text in expansions(of: cluster.text) {
                _ = try InitialCluster(text, token: token.text).member(named: member.text)
            }
        } catch {
            if case .unknownName(_, let known) = error {
                find(
                    member.node,
                    "'\(DrillForm.DataDirectory.initialCluster.name)' has no member '\(member.text.shortened)'",
                    hint: "it has \(known.sorted().joined(separator: ", "))"
                )
            } else {
                find(
                    cluster.node,
                    "'\(DrillForm.DataDirectory.initialCluster.name)' can't be used: \(error)",
                    hint: "NAME=URL,NAME=URL"
                )
            }
        }
    }
}

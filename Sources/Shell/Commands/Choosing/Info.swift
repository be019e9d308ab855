import Backups
import FoundationEssentials
import Text

extension CommandDeclaration {
    static let info = CommandDeclaration(
        words: ["info"],
        summary: "describe the pick without downloading it",
        options: [UnpackingOptions.decryption],
        examples: [.init("info", "name, revision, size, age, place")],
        needs: [.pick],
        records: [.pick, .companion],
        dryRun: .asUsual,
        run: { invocation, session in
            let source = try session.requireSource()
            let pick = try await session.revisionsRead(of: [session.requirePick()], from: source).backups[0]
            let now = session.dependencies.now()
            var rows = [
                ("name", pick.name)
            ]
            if let node = pick.node { rows.append(("node", node.printable)) }
            if let kind = pick.kind { rows.append(("kind", kind.printable)) }
            rows += [
                (
                    "cluster",
                    (pick.cluster?.description.printable ?? "unknown: the source does not name clusters")
                        + (session.isClusterSaid && pick.cluster != nil ? ", as you said: the source does not say" : "")
                ),
                ("etcd", pick.version?.description ?? "unknown: the name does not say"),
                ("revision", pick.knownRevision?.description ?? "unknown until 'get'"),
                ("size", size(of: pick)),
                ("written", written(pick, at: now)),
                ("place", pick.entry.map { "\(source.root): \($0.key.printable)" } ?? source.location),
                ("picked as", session.pickReason),
            ]
            if let version = pick.entry?.version {
                rows.append(("version id", "\(version.printable), which is not the current one"))
            }
            if let storageClass = pick.entry?.storageClass {
                rows.append(("archive", "\(Obstacle.archived(storageClass: storageClass))"))
            }
            if let target = session.target {
                let result =
                    switch pick.isRestorable(into: target) {
                    case true?: "can be restored into etcd \(target)"
                    case false?: "can't be restored into etcd \(target)"
                    case nil: "unknown, as is the etcd version that wrote the backup"
                    }
                rows.append(("target", result))
            }
            let companions = try await FoundCompanions(
                of: pick,
                from: source,
                session,
                decryptingWith: invocation[UnpackingOptions.decryption]
            )
            let way = try await session.recoveryWay(of: pick, path: pick.snapshotFileName)
            var record = BackupRecord(pick, kind: "pick", in: session, reason: session.pickReason)
            record.recovery = way.records
            session.output.listing(
                TextTable.pairs(rows + companions.rows + way.rows),
                json: [record] + companions.records
            )
            session.output.warn(of: session.doubts, about: pick)
        }
    )

    private static let notReported = "unknown: the source does not report it"

    private static func written(_ backup: Backup, at now: Date) -> String {
        guard let modified = backup.modified else { return notReported }
        let isInFuture = backup.isInFuture(at: now)
        if backup.hasLocalTime {
            return "\(TimeText.text(backup)) time, \(backup.ageText(at: now))"
                + (isInFuture ? ": its clock or this one is wrong" : " ago: its zone is unknown")
        }
        return "\(TimeText.text(modified)), \(backup.ageText(at: now))"
            + (isInFuture ? ": its clock or this one is wrong" : " ago")
    }

    private static func size(of backup: Backup) -> String {
        guard let byteCount = backup.byteCount else {
            return backup.approximateByteCount == nil ? notReported : backup.sizeText
        }
        let isPossible = backup.hasSizeOfSnapshot != false
        return "\(byteCount) bytes (\(byteCount.byteCountText))"
            + (backup.encoding == .raw ? "" : ", encoded as \(backup.encoding)")
            + (isPossible ? "" : ": not the size of a whole snapshot")
    }
}

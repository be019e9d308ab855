import Backups

extension CommandDeclaration {
    static let pick = CommandDeclaration(
        words: ["pick"],
        summary: "chooses one backup, and says why",
        details: [
            "WHICH is max (the highest revision), min (the lowest), a revision such as 15,",
            "0xf or the 16 digits as they stand in a name, or a backup's whole name.",
        ],
        arguments: [ArgumentDeclaration(name: "WHICH", kind: .choice)],
        options: [
            OptionDeclaration(name: "before", value: ("TIME", .time), summary: "only backups written before that time"),
            OptionDeclaration(
                name: "etcd-version",
                value: ("VERSION", .version),
                summary: "only backups of that etcd version"
            ),
            OptionDeclaration(
                name: "deleted",
                summary: "chooses among what was deleted or replaced; of several under a name the last written"
            ),
            OptionDeclaration(
                name: "version-id",
                value: ("ID", .text),
                summary: "that version of what was deleted or replaced ('ls --deleted' shows them)"
            ),
        ],
        examples: [
            .init("pick max", "the highest revision"),
            .init(
                "pick max --before 2036-11-23T02:00",
                "the highest of those written before something went wrong (UTC)"
            ),
            .init("pick min --etcd-version 3.4", "the lowest revision that etcd 3.4 wrote"),
        ],
        needs: [.source, .cluster],
        provides: [.pick],
        dropsOnFailure: [.pick],
        run: { invocation, session in
            guard let which = invocation.text("WHICH") else { return }
            let selection = Selection(
                choice(which),
                before: invocation.option("before").flatMap(TimeText.date),
                version: invocation.option("etcd-version").flatMap { EtcdVersion($0) },
                target: session.target,
                now: session.environment.now()
            )
            let cluster = try session.requireCluster()
            let source = try session.requireSource()
            var listing: BackupListing
            if invocation.has(option: "deleted") || invocation.has(option: "version-id") {
                let version = invocation.option("version-id")
                let lost = try await source.backups(of: cluster, .lost())
                if lost.backups.isEmpty { throw SelectionError.nothingLost(cluster: cluster.description) }
                listing = lost.keepingOneVersion(version)
                if let version, listing.backups.isEmpty { throw SelectionError.noSuchVersion(version) }
            } else {
                listing = try await source.backups(of: cluster, selection.scope)
            }
            if !listing.isComplete, listing.total == nil, (try? selection.select(from: listing, of: cluster)) == nil {
                // Why there is none, and what comes close, only all of them tell.
                listing = try await source.backups(of: cluster)
            }
            // Where this fails, what was picked before is not what the commands that follow should go on with.
            session.pick = nil
            let (backup, reason, considered) = try selection.select(from: listing, of: cluster)
            session.pick = backup
            session.pickReason = reason

            let now = session.environment.now()
            session.output.result(
                "picked \(backup.name): \(reason)\n"
                    + "  revision \(backup.revision), etcd \(backup.version)\(backup.sizeAndAge(at: now))",
                json: BackupRecord(backup, kind: "pick", in: session, reason: reason)
            )
            if let byteCount = backup.byteCount, backup.hasSizeOfSnapshot == false {
                session.output.warning(
                    "its size, \(byteCount) bytes, is not one that a whole snapshot can have; 'get' will tell"
                )
            }
            session.output.warn(ofTimeOf: backup, at: now)
            if selection.choice == .newest, backup.entry?.standing == .current {
                session.output.warn(of: Rollback(among: considered, at: now))
            }
        }
    )

    private static func choice(_ which: String) -> Selection.Choice {
        switch which {
        case "max": .newest
        case "min": .oldest
        default: Revision(which).map(Selection.Choice.revision) ?? .name(which)
        }
    }
}

extension BackupListing {
    /// Of the versions under each name only the one that is asked for or, without that, the one last written.
    fileprivate func keepingOneVersion(_ id: String?) -> BackupListing {
        var chosen: [String: Backup] = [:]
        for backup in backups where id == nil || backup.entry?.version == id {
            if let other = chosen[backup.name], let written = other.modified, let modified = backup.modified,
                written >= modified
            {
                continue
            }
            chosen[backup.name] = backup
        }
        return BackupListing(backups: Array(chosen.values), ignored: ignored)
    }
}

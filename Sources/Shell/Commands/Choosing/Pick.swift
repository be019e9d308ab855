import Backups
import Text

/// What `pick` takes.
enum PickArguments {
    static let which = ArgumentKey("WHICH", .choice)
    static let before = Option("before", value: "TIME", .time, "only backups written before that time")
    static let version = Option("etcd-version", value: "VERSION", .version, "only backups of that etcd version")
    static let node = Option("node", value: "NODE", .node, "only backups of that node's etcd")
    static let kind = Option(
        "kind",
        value: "KIND",
        .backupKind,
        "only backups of that kind, as their names say it: scheduled, on-demand … (full: any)"
    )
    static let order = Option("by", value: "ORDER", .order, "what max and min go by: revision or time")
    static let deleted = Option(
        "deleted",
        "choose a deleted or replaced backup; of several with one name, the last written"
    )
    static let versionID = Option(
        "version-id",
        value: "ID",
        .text,
        "choose this version of a deleted or replaced backup ('ls --deleted' lists them)"
    )
    static let revision = Option("revision", value: "REVISION", .revision, "NAME only if it has this revision")
    static let etag = Option("etag", value: "ETAG", .text, "NAME only if it has this ETag")
    static let sha256 = Option(
        "sha256",
        value: "SHA256",
        .sha256,
        "NAME only if its bytes as stored have this SHA-256; all of them are read"
    )
}

extension CommandDeclaration {
    static let pick = CommandDeclaration(
        words: ["pick"],
        summary: "choose one backup, and say why",
        details: [
            "WHICH is max (the highest revision or, if the layout goes by time, the last written),",
            "min (the lowest, the first), a revision such as 15, 0xf or the 16 digits in a name,",
            "or the whole name of a backup. If names have no revision, one is looked for in the",
            "newest \(maxReadCount) files. With --by revision, that of every file is",
            "read that is not compressed or encrypted.",
            "A warning says if revision and time disagree, and if the newest backup is far",
            "smaller than those before it.",
            "max and min skip what 'ls' marks as unusable: a size that no snapshot has,",
            "an object in an archive. They look into an archive whose name says nothing,",
            "and skip one without a snapshot. A revision or a name picks it anyway.",
            "With --revision, --etag or --sha256 the choice is pinned: if NAME is gone or has",
            "changed, nothing is picked (exit code 4). A warning says if a newer backup exists.",
            "If it picks nothing, the earlier pick stays; a script that continues after '||' must",
            "pick again. latest, newest and last are max; oldest and first are min.",
        ],
        arguments: [PickArguments.which],
        options: [
            PickArguments.before, PickArguments.version, PickArguments.node, PickArguments.kind,
            PickArguments.order, PickArguments.deleted, PickArguments.versionID,
            PickArguments.revision, PickArguments.etag, PickArguments.sha256,
        ],
        examples: [
            .init("pick max", "the highest revision"),
            .init(
                "pick max --before 2036-11-23T02:00",
                "the highest revision that was written before that time (UTC)"
            ),
            .init("pick min --etcd-version 3.4", "the lowest revision that etcd 3.4 wrote"),
            .init("pick max --kind full", "the newest, whatever made it; scheduled or on-demand narrow it"),
        ],
        needs: [.source, .cluster],
        establishes: [.pick],
        invalidates: [.currentFile],
        invalidatesOnFailure: [.pick],
        requireFit: { _ = try ($0.pin, $0.order) },
        records: [.pick],
        dryRun: .asUsual,
        run: { invocation, session in
            try await session.choosing(keeping: session.keptPick) {
                try await choose(invocation, session)
            }
        }
    )

    /// Picks a backup. Where that fails, the pick stays as it was.
    @MainActor
    private static func choose(_ invocation: Invocation, _ session: Session) async throws {
        let selection = Selection(
            try invocation[PickArguments.which],
            before: invocation[PickArguments.before],
            version: invocation[PickArguments.version],
            node: invocation[PickArguments.node],
            kind: invocation[PickArguments.kind],
            by: try invocation.order,
            target: session.target,
            now: session.dependencies.now()
        )
        let cluster = try await session.clusterInUse()
        let source = try session.requireSource()
        let pin = try invocation.pin
        var rule = PickRule(selection: selection, isPinned: pin != nil)
        var listing: BackupListing
        if invocation[PickArguments.deleted] || invocation[PickArguments.versionID] != nil {
            rule.isAmongNoncurrent = true
            let version = invocation[PickArguments.versionID]
            let lost = try await source.backups(of: cluster, .noncurrent())
            if lost.backups.isEmpty {
                throw pin.error ?? SelectionError.nothingNoncurrent(cluster: cluster?.description)
            }
            listing = lost.keepingOneVersion(version)
            if let version, listing.backups.isEmpty {
                throw pin.error ?? SelectionError.noSuchVersion(version)
            }
        } else {
            // Only the full listing shows why there is none, and what comes close.
            listing = try await rule.listing(of: cluster, in: source) {
                (try? selection.select(from: $0, of: cluster)) != nil
            }
        }
        if case .revision = selection.choice {
            let read = try await session.revisionsRead(of: listing.backups, from: source, limit: maxReadCount)
            listing.backups = read.backups
            if read.failure == nil {
                session.output.noteUnknownRevisions(
                    count: read.backups.count { $0.knownRevision == nil } - read.unreadCount
                )
            }
        } else if selection.order == .byRevision {
            listing.backups = try await session.allRevisionsRead(of: listing.backups, selection, from: source)
        }
        let chosen: Selection.Chosen
        do {
            chosen = try await session.chosen(by: selection, from: listing, of: cluster, in: source)
        } catch let error as SelectionError {
            if error.category == .notFound, let gone = pin.error { throw gone }
            if let folders = FoldersOfCluster(cluster, listing, in: source) { throw folders }
            throw error
        }
        let passedOver = chosen.passedOver.map(PassedOver.init)
        let backup = try await session.revisionsRead(of: [chosen.backup], from: source).backups[0]
        if let pin {
            try await session.withProgress("reading", backup) { onProgress in
                try await pin.requireSame(backup, from: source, onProgress: onProgress)
            }
        }
        let isNewest = selection.choice == .newest && backup.entry?.state == .current
        let order = selection.order ?? listing.order
        let doubts =
            isNewest ? try await session.doubts(about: backup, among: chosen.considered, order, source) : Doubts()
        session.pick(backup, because: chosen.reason, by: rule, passedOver: passedOver, doubts: doubts)
        if !passedOver.isEmpty { session.output.warn(ofPassedOver: chosen.passedOver) }
        session.reportPick()
        if pin != nil { try await session.warnOfNewer(than: backup, cluster, from: source) }
        if let target = session.target, backup.version == nil {
            session.output.note(
                "its etcd version is unknown until 'get', and so whether etcd \(target) can restore it"
            )
        }
        if let obstacle = backup.obstacles.first {
            session.output.warning("\(obstacle); 'get' will probably fail")
        }
        session.output.warn(of: doubts, about: backup)
        try await session.warnOfMissingCompanion(of: backup, from: source)
        if isNewest { session.output.note(listing.deltaReach) }
    }

    /// At most this many files are read for their revisions to find one.
    private static let maxReadCount = 1000
}

extension Invocation {
    /// What the choice is pinned to; `nil` where it is not.
    ///
    /// - Throws: `UsageError` where something else than a name is pinned.
    fileprivate var pin: BackupPin? {
        get throws {
            let (revision, etag, sha256) = (
                self[PickArguments.revision], self[PickArguments.etag], self[PickArguments.sha256]
            )
            if revision == nil, etag == nil, sha256 == nil { return nil }
            guard case .name(let name) = try self[PickArguments.which] else {
                throw UsageError("only a backup's name can be pinned by --revision, --etag or --sha256")
            }
            return BackupPin(name: name, revision: revision, etag: etag, sha256: sha256)
        }
    }
}

extension Invocation {
    /// What the newest and the oldest go by; `nil` for what the names do.
    ///
    /// - Throws: `UsageError` where neither is wanted.
    fileprivate var order: BackupOrder? {
        get throws {
            guard let order = self[PickArguments.order] else { return nil }
            switch try self[PickArguments.which] {
            case .newest, .oldest: return order
            case .name, .revision: throw UsageError("--by goes with max or min: a name or a revision is what it is")
            }
        }
    }
}

extension BackupPin? {
    /// That the pinned backup is not there any more.
    fileprivate var error: (any Error)? { map { PinError.gone($0.name) } }
}

extension Session {
    /// Says it where the newest backup is newer than the pinned one.
    ///
    /// - Throws: `CancellationError`.
    fileprivate func warnOfNewer(than pinned: Backup, _ cluster: ClusterName?, from source: any BackupSource)
        async throws
    {
        let now = dependencies.now()
        let newest = PickRule(selection: Selection(.newest, target: target, now: now))
        do {
            let listing = try await newest.listing(of: cluster, in: source) {
                (try? newest.selection.select(from: $0, of: cluster)) != nil
            }
            let backup = try newest.selection.select(from: listing, of: cluster).backup
            guard listing.order.lists(pinned, before: backup, at: now) else { return }
            output.warning(
                "a newer backup exists, and is not taken: \(backup.name.printable)\(backup.sizeAndAge(at: now))"
            )
        } catch let error as any UserError {
            output.note("whether a newer backup exists is unknown: \(error)")
        }
    }

    /// Reports the pick, and why.
    func reportPick() {
        guard let pick else { return }
        let now = dependencies.now()
        output.result(
            "picked \(pick.name): \(pickReason)\n"
                + "  revision \(pick.revisionText)\(pick.version.map { ", etcd \($0)" } ?? "")\(pick.sizeAndAge(at: now))",
            json: BackupRecord(pick, kind: "pick", in: self, reason: pickReason)
        )
        output.warn(ofTimeOf: pick, at: now)
    }
}

extension BackupListing {
    /// Of the versions of each name, only the requested one or, without a request, the last written one.
    fileprivate func keepingOneVersion(_ id: String?) -> BackupListing {
        // Compared by bytes: names that only look the same are different backups.
        var chosen: [ByteText: Backup] = [:]
        for backup in backups {
            if let id, backup.entry?.version?.hasSameBytes(as: id) != true { continue }
            let name = ByteText(backup.name)
            if let other = chosen[name], let written = other.modified, let modified = backup.modified,
                written >= modified
            {
                continue
            }
            chosen[name] = backup
        }
        return BackupListing(
            backups: Array(chosen.values),
            ignored: ignored,
            deltas: deltas,
            order: order,
            isComplete: isComplete,
            total: total
        )
    }
}

import Backups
import Text

/// What `ls` takes.
private enum ListArguments {
    static let glob = ArgumentKey.optional("GLOB", .glob)
    static let limit = Option("limit", short: "n", value: "N", .count, "only the newest N")
    static let ignored = Option("ignored", "list ignored names instead, with the reasons")
    static let deleted = Option("deleted", "list deleted and replaced backups instead, if the bucket keeps them")
}

extension CommandDeclaration {
    static let ls = CommandDeclaration(
        words: ["ls"],
        summary: "list the backups, the newest last",
        details: [
            "GLOB selects by name, with *, ? and […]. Names that are no backups are ignored, and",
            "counted below the list. If names have no revision, it is read from the newest",
            "\(maxReadCount) files. A time more than \(Int(Age.maxClockSkew)) s in the future is marked: its clock or this one",
            "is wrong.",
        ],
        arguments: [ListArguments.glob],
        options: [ListArguments.limit, ListArguments.ignored, ListArguments.deleted],
        examples: [
            .init("ls", "all backups of the cluster"),
            .init("ls '3.4.*' --limit 5", "the newest five of etcd 3.4"),
            .init("ls --ignored", "names that are no backups"),
        ],
        needs: [.source, .cluster],
        establishes: [.listing],
        records: [.backup, .ignored],
        dryRun: .asUsual,
        run: { invocation, session in
            let cluster = try await session.clusterInUse()
            let source = try session.requireSource()
            let listing = try await source.backups(of: cluster, scope(invocation))
            if invocation[ListArguments.ignored] {
                listIgnored(listing.ignored, session)
            } else {
                try await list(listing, from: source, cluster, invocation, session)
            }
        }
    )

    /// For at most this many backups, revisions that the names do not contain are read from the files.
    private static let maxReadCount = 100

    /// All are listed, unless only the newest are asked for.
    private static func scope(_ invocation: Invocation) -> BackupScope {
        if invocation[ListArguments.deleted] { return .noncurrent() }
        guard let limit = invocation[ListArguments.limit], invocation[ListArguments.glob] == nil,
            !invocation[ListArguments.ignored]
        else { return .all }
        return .newest(limit)
    }

    @MainActor
    private static func list(
        _ listing: BackupListing,
        from source: any BackupSource,
        _ cluster: ClusterName?,
        _ invocation: Invocation,
        _ session: Session
    ) async throws {
        let glob = invocation[ListArguments.glob]
        let matching = glob.map { glob in listing.backups.filter { Glob.matches($0.name, pattern: glob) } }
        let backups = matching ?? listing.backups
        let newest = backups.suffix(invocation[ListArguments.limit] ?? backups.count)
        let shown = try await session.revisionsRead(of: newest, from: source, limit: maxReadCount).backups
        session.listedCount = shown.count
        if shown.isEmpty {
            let lost = invocation[ListArguments.deleted] ? " that was deleted or replaced" : ""
            let cluster = source.namesClusters ? cluster : nil
            let owner = cluster.map { " of '\($0)'" } ?? ""
            let found = glob.map { "no backup\(owner)\(lost) matches \($0.printable)" }
            let none = cluster.map { "cluster '\($0)' has no backups" } ?? "there are no backups"
            let folders = lost.isEmpty ? FoldersOfCluster(cluster, listing, in: source) : nil
            let hint = folders.map { "\($0.finding); if it is a namespace: \(session.output.offers.own($0.line))" }
            session.output.note(hint ?? found ?? (lost.isEmpty ? none : "it has no backup\(lost)"))
        } else {
            session.output.listing(
                try table(of: shown, hasVersions: invocation[ListArguments.deleted], session).text(),
                json: try shown.map {
                    try Task.checkCancellation()
                    return BackupRecord($0, in: session)
                }
            )
        }
        if let total = listing.total {
            session.output.note(
                "a backup service reports only its newest backup; it has \(total.count),"
                    + " about \(total.approximateByteCount.byteCountText) in all"
            )
        } else if !listing.isComplete {
            session.output.note("older ones are not shown, and were not counted")
        } else if shown.count < backups.count {
            session.output.note("\(backups.count - shown.count) older ones are not shown")
        }
        session.output.note(
            ignored: listing.ignored,
            among: "the backups",
            howToSeeAll: "'ls --ignored' lists them"
        )
        session.output.note(listing.deltaReach)
        let compared = listing.order == .byTime ? shown : listing.backups
        let now = session.dependencies.now()
        let ranked = compared.last { $0.obstacles.isEmpty && listing.order.rank(of: $0, at: now) != .unknown }
        // Only the newest of all is the one that is likely to be taken.
        let doubted = glob == nil && !invocation[ListArguments.deleted] ? ranked : nil
        session.output.warn(
            of: Doubts(about: doubted, among: compared, by: listing.order, at: now),
            about: doubted
        )
    }

    @MainActor
    private static func table(
        of backups: [Backup],
        hasVersions: Bool,
        _ session: Session
    ) throws -> TextTable {
        let now = session.dependencies.now()
        let hasEtcd = backups.contains { $0.version != nil }
        var columns: [(header: String, text: (Backup) -> String)] = [
            ("REVISION", { $0.knownRevision?.description ?? "-" })
        ]
        if hasEtcd { columns.append(("ETCD", { $0.version?.description ?? "-" })) }
        columns += [("SIZE", \.sizeText), ("AGE", { $0.ageText(at: now) }), ("WRITTEN", TimeText.text)]
        // What is the same in all rows needs no column.
        if backups.differ(in: \.cluster) { columns.append(("CLUSTER", { $0.cluster?.description.printable ?? "-" })) }
        if backups.differ(in: \.node) { columns.append(("NODE", { $0.node?.printable ?? "-" })) }
        if backups.differ(in: \.kind) { columns.append(("KIND", { $0.kind?.printable ?? "-" })) }
        if hasVersions { columns.append(("VERSION-ID", { $0.entry?.version?.printable ?? "-" })) }
        columns.append(("NAME", { $0.name + marks(of: $0, session) }))
        var table = TextTable(header: columns.map(\.header), rightAligned: hasEtcd ? [0, 2, 3] : [0, 1, 2])
        for backup in backups {
            try Task.checkCancellation()
            table.append(columns.map { $0.text(backup) })
        }
        return table
    }

    /// What the user must see about a backup before it is picked.
    @MainActor
    private static func marks(of backup: Backup, _ session: Session) -> String {
        var marks = backup.obstacles.filter(\.isOfContent).map(\.mark)
        if let target = session.target, backup.isRestorable(into: target) == false {
            marks.append("not for etcd \(target)")
        }
        switch backup.entry?.state {
        case .current, nil: break
        case .noncurrent: marks.append("replaced")
        case .deleted: marks.append("deleted")
        }
        marks += backup.obstacles.filter { !$0.isOfContent }.map(\.mark)
        if backup.isSame(as: session.pick) { marks.append("picked") }
        return marks.isEmpty ? "" : "  (\(marks.joined(separator: ", ")))"
    }

    @MainActor
    private static func listIgnored(_ ignored: [IgnoredName], _ session: Session) {
        session.listedCount = 0
        if ignored.isEmpty {
            session.output.note("nothing is ignored")
            return
        }
        var table = TextTable(header: ["NAME", "REASON"])
        for name in ignored { table.append([name.name.printable, name.reason]) }
        session.output.listing(
            try table.text(),
            json: ignored.map { IgnoredRecord(name: $0.name, reason: $0.reason) }
        )
    }

    private struct IgnoredRecord: Encodable {
        let kind = "ignored"
        let name: String
        let reason: String
    }
}

extension [Backup] {
    /// Whether not all of them have the same.
    fileprivate func differ<Value: Equatable>(in property: (Backup) -> Value) -> Bool {
        guard let first = first.map(property) else { return false }
        return contains { property($0) != first }
    }
}

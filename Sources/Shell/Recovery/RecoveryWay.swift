import Backups

/// What comes after a backup: the rows that `get` and `info` end with, in the commands of what made it.
struct RecoveryWay: Sendable {
    /// Names and values of a table.
    let rows: [(String, String)]
    /// The same in `--json`; `nil` where our own `restore` is the way.
    let records: [RecoveryRecord]?
    /// The next step alone.
    let next: String

    /// - Parameters:
    ///   - guides: Those of the backup's layout, filled in.
    ///   - restore: Our own command.
    ///   - isGot: Whether the snapshot is on this machine.
    init(_ guides: [RecoveryGuide], restore: String, isGot: Bool) {
        let others = guides.filter { !$0.isOurs }
        guard let first = others.first else {
            let lines = (isGot ? [] : ["get"]) + [restore]
            rows = lines.map { ("next", $0) }
            next = lines[0]
            records = nil
            return
        }
        var rows: [(String, String)] = []
        var records: [RecoveryRecord] = []
        for guide in others {
            let own = guide.keyLines
            var lines = own.isEmpty ? [restore] : own
            // The snapshot that was got is not what these take.
            if let get = guide.getCommand, !isGot || guide.input != .snapshot { lines.insert(get, at: 0) }
            rows += lines.map { (others.count > 1 ? guide.name : "next", $0) }
            records.append(RecoveryRecord(guide: guide.name, steps: lines, needs: guide.needs))
        }
        if let needs = first.needs { rows.append(("needs", needs)) }
        rows.append(("more", others.map { "help recovery \($0.name)" }.joined(separator: ", ")))
        self.rows = rows
        self.records = records
        next = records[0].steps.joined(separator: "; ")
    }
}

/// One way in `--json` output.
struct RecoveryRecord: Encodable, Sendable {
    /// What `help recovery` takes.
    let guide: String
    /// Commands, or sentences where a step has none.
    let steps: [String]
    /// What must be at hand besides the backup.
    let needs: String?
}

extension Session {
    /// The way from a backup to a running cluster.
    ///
    /// - Parameters:
    ///   - path: Where the snapshot is, or would be.
    ///   - isGot: Whether it is there.
    ///   - hasHash: Whether it ends in the hash that etcd checks, as far as that is known.
    /// - Throws: `CancellationError`.
    func recoveryWay(of backup: Backup, path: String, isGot: Bool, hasHash: Bool = true) async throws -> RecoveryWay {
        let subject = RecoverySubject(
            // The commands may run in another folder. Where no answer comes, the path is taken as it was given.
            path: (try? await PathText.place(of: path)) ?? path,
            address: source?.address,
            key: backup.entry?.key,
            clusterName: backup.cluster?.name,
            hasHash: hasHash
        )
        try Task.checkCancellation()
        return RecoveryWay(
            RecoveryGuides.of(layout: backup.layout, subject),
            restore: Self.restoreCommand(path, of: cluster),
            isGot: isGot
        )
    }
}

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
    ///   - offers: Where it is read.
    init(_ guides: [RecoveryGuide], restore: RestoreOffer, isGot: Bool, _ offers: Offers) {
        let others = guides.filter { !$0.isOurs }
        guard let first = others.first else {
            // What a restore of it needs is known once it was read.
            next = (isGot ? restore.line : .own("get")).text(offers)
            rows = [("next", next)] + (isGot ? restore.reasonRows : [])
            records = nil
            return
        }
        var rows: [(String, String)] = []
        var records: [RecoveryRecord] = []
        for guide in others {
            let own = guide.keyLines
            var lines = own.isEmpty ? [restore.line] : own
            // The snapshot that was got is not what these take.
            if let get = guide.getCommand, !isGot || guide.input != .snapshot { lines.insert(.own(get), at: 0) }
            rows += lines.map { (others.count > 1 ? guide.name : $0.label, $0.text(offers)) }
            if own.isEmpty { rows += restore.reasonRows }
            records.append(
                RecoveryRecord(guide: guide.name, steps: lines.map { $0.text(offers) }, needs: guide.needs)
            )
        }
        if let needs = first.needs { rows.append(("needs", needs)) }
        rows.append(("more", others.map { offers.own("help recovery \($0.name)") }.joined(separator: ", ")))
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
    ///   - isOfKubernetes: Whether it holds the keys of Kubernetes, as far as that is known.
    /// - Throws: `CancellationError`.
    func recoveryWay(
        of backup: Backup,
        path: String,
        isGot: Bool,
        hasHash: Bool = true,
        isOfKubernetes: Bool = false
    ) async throws -> RecoveryWay {
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
            restore: RestoreOffer(path, of: backup.cluster ?? cluster, isOfKubernetes: isOfKubernetes),
            isGot: isGot,
            output.offers
        )
    }
}

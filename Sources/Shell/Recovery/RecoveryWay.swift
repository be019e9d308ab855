import Backups
import Text

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
    ///   - got: The snapshot on this machine; `nil` where it is not there.
    ///   - offers: Where it is read.
    init(_ guides: [RecoveryGuide], restore: RestoreOffer, got: GotSnapshot?, _ offers: Offers) {
        let others = guides.filter { !$0.isOurs }
        guard let first = others.first else {
            // What a restore of it needs is known once it was read.
            next = (got == nil ? .own("get") : restore.line).text(offers)
            rows = [("next", Copyable.marked(next))] + (got == nil ? [] : restore.reasonRows)
            records = nil
            return
        }
        var rows: [(String, String)] = []
        var records: [RecoveryRecord] = []
        for guide in others {
            let own = guide.keyLines
            var lines = own.isEmpty ? [restore.line] : own
            // What was got may not be what these take.
            if let get = guide.getCommand, got?.suits(guide.input) != true { lines.insert(.own(get), at: 0) }
            let steps = lines.map { $0.text(offers) }
            rows += lines.map { (others.count > 1 ? guide.name : $0.label, $0.shown(offers)) }
            if own.isEmpty { rows += restore.reasonRows }
            let blanks = guide.placeholders(in: steps)
            if !blanks.isEmpty { rows.append(("fill in", blanks.joined(separator: "; "))) }
            records.append(
                RecoveryRecord(
                    guide: guide.name,
                    steps: steps,
                    fillIn: blanks.isEmpty ? nil : blanks,
                    needs: guide.needs
                )
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
    /// What words in capitals stand for, which only the reader knows.
    let fillIn: [String]?
    /// What must be at hand besides the backup.
    let needs: String?
}

extension Session {
    /// The way from a backup to a running cluster.
    ///
    /// - Parameters:
    ///   - path: Where the snapshot would be, where it is not there.
    ///   - got: The snapshot on this machine.
    ///   - hasHash: Whether it ends in the hash that etcd checks, as far as that is known.
    ///   - isOfKubernetes: Whether it holds the keys of Kubernetes, as far as that is known.
    /// - Throws: `CancellationError`.
    func recoveryWay(
        of backup: Backup,
        path: String,
        got: GotSnapshot? = nil,
        hasHash: Bool = true,
        isOfKubernetes: Bool = false
    ) async throws -> RecoveryWay {
        // The commands may run in another folder. Where no answer comes, a path is taken as it was given.
        let place = (try? await PathText.place(of: path)) ?? path
        let hasCompanions = got?.suits(.companions) == true
        let folder = RecoverySubject.companionFolder
        let subject = RecoverySubject(
            path: place,
            companions: hasCompanions ? PathParts(place).folder : (try? await PathText.place(of: folder)) ?? folder,
            isStored: got?.isStored == true,
            address: source?.address,
            key: backup.entry?.key,
            clusterName: backup.cluster?.name,
            hasHash: hasHash
        )
        try Task.checkCancellation()
        return RecoveryWay(
            RecoveryGuides.of(layout: backup.layout, subject),
            restore: try await restoreOffer(of: path, backup.cluster ?? cluster, isOfKubernetes: isOfKubernetes),
            got: got,
            output.offers
        )
    }
}

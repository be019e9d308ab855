import Backups
import Text

/// What comes after a backup: the rows that `get` and `info` end with, in the commands of what made it.
struct RecoveryWay: Sendable {
    /// Names and values of a table.
    let rows: [(String, String)]
    /// The same in `--json`; `nil` where our own `restore` is the way.
    let records: [RecoveryRecord]?
    /// The next step in `--json`: a line for the shell of this machine, as it stands. `nil` where it is none, or where
    /// several distributions differ in it.
    let next: String?

    /// - Parameters:
    ///   - guides: Those of the backup's layout, filled in.
    ///   - restore: Our own command.
    ///   - got: The snapshot on this machine; `nil` where it is not there.
    ///   - offers: Where it is read.
    init(_ guides: [RecoveryGuide], restore: RestoreOffer, got: GotSnapshot?, _ offers: Offers) {
        let others = guides.filter { !$0.isOurs }
        guard let first = others.first else {
            // What a restore of it needs is known once it was read.
            let line = got == nil ? .own("get") : restore.line
            next = line.text(offers.inShell)
            rows = [("next", line.shown(offers))] + (got == nil ? [] : restore.reasonRows)
            records = nil
            return
        }
        var rows: [(String, String)] = []
        var records: [RecoveryRecord] = []
        for guide in others {
            let own = guide.keySteps
            var steps =
                own.isEmpty ? [KeyStep(text: "Make a data directory from it.", place: nil, lines: [restore.line])] : own
            // What was got may not be what these take.
            if let get = guide.getCommand, got?.suits(guide.input) != true {
                steps.insert(KeyStep(text: "Download and verify the backup.", place: nil, lines: [.own(get)]), at: 0)
            }
            let stepRows = steps.flatMap { $0.rows(offers) }
            rows += stepRows.map { (others.count > 1 ? guide.name : $0.name, $0.text) }
            if own.isEmpty { rows += restore.reasonRows }
            let blanks = guide.placeholders(in: stepRows.map(\.text))
            if !blanks.isEmpty { rows.append(("fill in", blanks.joined(separator: "; "))) }
            records.append(
                RecoveryRecord(
                    guide: guide.name,
                    steps: steps.map { $0.record(offers) },
                    fillIn: blanks.isEmpty ? nil : blanks,
                    needs: guide.needs
                )
            )
        }
        if let needs = first.needs { rows.append(("needs", needs)) }
        rows.append(("more", others.map { offers.own("help recovery \($0.name)") }.joined(separator: ", ")))
        self.rows = rows
        self.records = records
        let lines = zip(others, records).map { $0.nextLine(of: $1) }
        next = lines.allSatisfy { $0 == lines[0] } ? lines[0] : nil
    }
}

/// One way in `--json` output.
struct RecoveryRecord: Encodable, Sendable {
    /// What `help recovery` takes.
    let guide: String
    /// In order.
    let steps: [Step]
    /// What words in capitals stand for, which only the reader knows.
    let fillIn: [String]?
    /// What must be at hand besides the backup.
    let needs: String?

    struct Step: Encodable, Sendable {
        /// A sentence.
        let text: String
        /// Where its commands run; `nil` where that is this machine.
        let `where`: String?
        /// Lines for the shell there; `nil` where no line can do it.
        let commands: [String]?
    }
}

extension RecoveryGuide {
    /// The line of the first step, if it can run on this machine as it stands.
    fileprivate func nextLine(of record: RecoveryRecord) -> String? {
        guard let step = record.steps.first, step.where == nil, let line = step.commands?.first,
            placeholders(in: [line]).isEmpty
        else { return nil }
        return line
    }
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
        let guides = RecoveryGuides.of(layout: backup.layout, subject)
        return RecoveryWay(
            guides,
            restore: try await restoreOffer(
                of: path,
                backup.cluster ?? cluster,
                isOfKubernetes: isOfKubernetes || guides.contains(where: \.isOfKubernetes)
            ),
            got: got,
            output.offers
        )
    }
}

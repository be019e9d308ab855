import Backups
import FoundationEssentials
import Language
import Text

/// What speaks against a backup, beside the result of a command.
extension Output {
    /// Reports how many backups can't be found by their revision.
    func noteUnknownRevisions(count: Int) {
        if count == 0 { return }
        note(
            "the revision of \(count) \(count == 1 ? "backup" : "backups") is unknown until 'get':"
                + " \(count == 1 ? "it is" : "they are") compressed, or can't be read in parts"
        )
    }

    /// Reports which backups were skipped, and why.
    func warn(ofPassedOver backups: [UnusableBackup]) {
        let isArchived = backups.contains { backup in backup.obstacles.contains { !$0.isOfContent } }
        // A listing does not report that an object was restored.
        let hint = isArchived ? "; once an object is restored, pick it by its name" : ""
        warning("skipped \(backups.sentence)\(hint)")
    }

    /// Warns if a backup's time proves nothing.
    func warn(ofTimeOf backup: Backup, at now: Date) {
        guard let reason = backup.reasonAgainstAge(at: now) else { return }
        warning("its age is unknown: \(reason)")
    }

    /// Warns of what makes it doubtful that the newest backup is the one to take, and says what to take else.
    func warn(of doubts: Doubts, about newest: Backup?) {
        if let rollback = doubts.rollback { warn(of: rollback, by: doubts.order) }
        if let other = doubts.otherLayout { warn(of: other) }
        if let newest, let shrinkage = doubts.shrinkage {
            warning(
                "\(newest.name.printable) has \(shrinkage.byteCount.byteCountText), less than half of the"
                    + " \(shrinkage.medianByteCount.byteCountText) that the \(shrinkage.comparedCount) before it have: it may be of a"
                    + " new or an emptied cluster, or cut off; 'pick \(Word.shown(shrinkage.previous.name))' takes the one before"
            )
        }
        if let newest, let version = doubts.versionThatCounts {
            warning(
                "\(newest.name.printable) was overwritten: its own tool restores the oldest version, of"
                    + " \(TimeText.text(version.modified)); 'pick \(Word.shown(newest.name)) --version-id"
                    + " \(version.version ?? "null")' takes it"
            )
        }
    }

    private func warn(of other: OtherLayout) {
        let isOne = other.count == 1
        warning(
            (isOne
                ? "\(other.example.printable) was" : "\(other.count) names, such as \(other.example.printable), were")
                + " not considered: \(isOne ? "it fits" : "they fit") the layout \(other.name);"
                + " 'use … --layout \(other.name)' takes \(isOne ? "it" : "them")"
        )
    }

    /// Reports how far changes reach beyond the newest full snapshot.
    func note(_ reach: DeltaReach?) {
        guard let reach else { return }
        let time = reach.time.map { " (\(TimeText.text($0)))" } ?? ""
        let count = reach.revisionCount
        note(
            "\(reach.deltaCount) \(reach.deltaCount == 1 ? "delta reaches" : "deltas reach") revision \(reach.revision)\(time),"
                + " \(count) \(count == 1 ? "revision" : "revisions") after the newest full snapshot:"
                + " a restore of the full one alone loses these"
        )
    }

    /// Warns if the highest revision is not the latest backup.
    private func warn(of rollback: Rollback, by order: BackupOrder) {
        guard let highestModified = rollback.highest.modified,
            let latestModified = rollback.latest.modified, let highestRevision = rollback.highest.knownRevision,
            let latestRevision = rollback.latest.knownRevision
        else { return }
        if order == .byTime {
            warning(
                "\(rollback.latest.name.printable) goes back in revision, to \(latestRevision):"
                    + " \(rollback.highest.name.printable) has \(highestRevision), written before,"
                    + " \(TimeText.text(rollback.highest)). The cluster was rolled back, a new cluster writes to the same place,"
                    + " or they are of different clusters; 'pick \(Word.shown(rollback.highest.name))' takes the one before"
            )
            return
        }
        let otherCause = rollback.latest.revision == nil ? ", or they are of different clusters" : ""
        let choice = rollback.latest.revision == nil ? Word.shown(rollback.latest.name) : "\(latestRevision.value)"
        warning(
            "the highest revision, \(highestRevision), was written \(TimeText.text(highestModified)), but"
                + " \(rollback.latest.name) with revision \(latestRevision) later, \(TimeText.text(latestModified)):"
                + " the cluster was rolled back, or these are copies without their times\(otherCause);"
                + " 'pick \(choice)' takes the later one"
        )
    }
}

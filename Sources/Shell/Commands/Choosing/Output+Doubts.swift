import Backups
import FoundationEssentials
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

    /// Warns if the highest revision is not the latest backup.
    func warn(of rollback: Rollback?) {
        guard let rollback, let highestModified = rollback.highest.modified,
            let latestModified = rollback.latest.modified, let highestRevision = rollback.highest.knownRevision,
            let latestRevision = rollback.latest.knownRevision
        else { return }
        let otherCause = rollback.latest.revision == nil ? ", or they are of different clusters" : ""
        warning(
            "the highest revision, \(highestRevision), was written \(TimeText.text(highestModified)), but"
                + " \(rollback.latest.name) with revision \(latestRevision) later, \(TimeText.text(latestModified)):"
                + " the cluster was rolled back, or these are copies without their times\(otherCause);"
                + " 'pick \(rollback.latest.revision == nil ? "max" : "\(latestRevision.value)")' takes the later one"
        )
    }
}

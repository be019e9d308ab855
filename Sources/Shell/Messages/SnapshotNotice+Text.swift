import Backups
import Snapshot
import Text

extension Output {
    /// Prints what is unusual in a snapshot file that is accepted.
    func report(_ notices: [SnapshotNotice], of path: String) {
        for notice in notices {
            let text = "\(path.printable): \(notice.text)"
            if notice.isWarning { warning(text) } else { note(text) }
        }
    }
}

extension SnapshotNotice {
    /// Whether something is wrong with the file, not only unusual.
    var isWarning: Bool {
        switch self {
        case .damagedMetaPage, .wrongFreelist: true
        case .migratedKeys: false
        }
    }

    /// A stable name for JSON.
    var code: String {
        switch self {
        case .damagedMetaPage: "damaged-meta-page"
        case .wrongFreelist: "wrong-free-list"
        case .migratedKeys: "migrated-keys"
        }
    }

    /// Where it is, in the file's pages.
    var damage: SnapshotDamage? {
        switch self {
        case .damagedMetaPage(let damage, _, _, _, _), .wrongFreelist(let damage, _): damage
        case .migratedKeys: nil
        }
    }

    var text: String {
        switch self {
        case .damagedMetaPage(let damage, let usedPage, let transaction, let revision, let mayMissChanges):
            "meta page \(damage.page) is damaged, as after a crash (offset \(damage.offset): \(damage.problem)); "
                + "the data is that of meta page \(usedPage): transaction \(transaction), "
                + "revision \(Revision(revision)?.description ?? "\(revision)")"
                + (mayMissChanges ? "; the changes of one later transaction may be missing" : "")
                + ". 'restore' writes both pages anew"
        case .wrongFreelist(let damage, let problemCount):
            "its list of free pages is wrong (\(damage)"
                + (problemCount > 1 ? "; the first of \(problemCount) problems" : "")
                + "). All keys are whole, and 'restore' leaves the list out; do not start etcd on the file itself"
        case .migratedKeys(let lastRevision):
            "its keys were migrated from etcd's API v2, so revisions up to \(lastRevision) may have gaps"
        }
    }
}

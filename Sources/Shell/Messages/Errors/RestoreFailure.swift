import Backups
import Files
import Glibc
import Restore
import Snapshot
import Text

/// Why no data directory was created.
struct RestoreFailure: UserError, Hinting {
    /// Of the snapshot.
    var path: String
    var error: RestoreError
    /// The option for another place where this one is taken, with one that is free.
    var otherPlace: String?

    var code: String {
        switch error {
        case .noBucket: "restore.no-bucket"
        case .bumpedTooFar: "restore.revision-too-high"
        case .notEmpty: "restore.not-empty"
        case .busy: "restore.busy"
        case .noSpace: "restore.no-space"
        case .abandoned: "restore.not-answering"
        case .cannotWrite: "restore.write-failed"
        case .differs: "restore.other-member"
        case .otherKeys: "restore.key-hash-mismatch"
        }
    }

    var category: ErrorCategory {
        switch error {
        case .noBucket: .unsound
        default: .failed
        }
    }

    var description: String {
        switch error {
        case .noBucket(let name):
            "cannot restore \(path.printable): it has no bucket '\(name)', which every etcd writes"
        case .bumpedTooFar(let revision, let bump):
            "cannot raise revision \(revision) by \(bump): etcd can't count so far"
        case .notEmpty(let folder, let entry):
            "cannot restore into \(folder.printable): it is not empty, '\(entry.printable)' is in it"
        case .busy(let folder):
            "cannot restore into \(folder.printable): another snapsh process is restoring into it"
        case .noSpace(let folder, let needed, let free):
            "cannot restore into \(folder.printable): \(needed.byteCountText) are needed and \(free.byteCountText) are free"
        case .abandoned(let folder, let isSourceSilent):
            isSourceSilent
                ? "cannot restore \(path.printable): it does not answer"
                : "cannot restore into \(folder.printable): it does not answer"
        case .cannotWrite(let place, let code):
            "cannot write \(place.printable): \(SystemError(code: code))"
        case .differs(let folder, let file):
            "cannot restore into \(folder.printable): a member is in it already, with other data:"
                + " \(file.printable) is not what this restore writes"
        case .otherKeys:
            "cannot restore \(path.printable): the database that was written does not hold the same keys"
        }
    }

    var hint: NextStep? {
        switch error {
        case .noBucket: "choose another backup with 'ls' and 'pick'"
        case .notEmpty, .differs:
            "choose another one, as with \(otherPlace ?? "--data-dir DIR"), or move away what is there; nothing is overwritten"
        case .noSpace, .cannotWrite(_, ENOSPC), .cannotWrite(_, EROFS): "choose a --data-dir on another disk"
        case .otherKeys:
            "something is wrong with the disk, or with snapsh: restore with etcd's own tool (restore … --print)"
        default: nil
        }
    }
}

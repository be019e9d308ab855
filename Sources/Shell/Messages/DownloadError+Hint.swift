import Backups
import Snapshot

extension DownloadError: Hinting {
    var hint: NextStep? {
        switch self {
        case .destinationExists: "choose another name, or replace it with --force"
        case .noFolder: "make it first, or choose another: get FOLDER/NAME"
        case .noSpace, .cannotWrite: "choose another folder: get FOLDER/NAME"
        case .notSynced: "check the disk, then run 'get' again without --force: it syncs the folder"
        case .busy: "wait for it, or choose another name"
        case .tooFewKeys: "choose another backup with 'ls' and 'pick', or ask for fewer keys"
        case .unsound(_, .missingTrailer, _):
            "a copy of a member's member/snap/db has none: --allow-no-trailer accepts it, unverified"
        case .unsound(_, let problem, _): problem.hint
        case .undecodable(_, let error, _) where error.isOfContent: "choose another backup with 'ls' and 'pick'"
        case .undecodable(_, let error, _):
            if case .noRoom = error.problem { "choose a folder with more room: get FOLDER/NAME" } else { nil }
        }
    }
}

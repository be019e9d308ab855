import Backups

extension StoreError: Hinting {
    var hint: NextStep? {
        switch self {
        case .changed: "pick it again: it may have been replaced"
        case .notAllowed: "run snapsh as a user who may read it"
        case .interrupted: "try again; if it stays so, look at the server and at the network"
        case .notFound, .leavesStore, .failed, .unsupported: nil
        }
    }
}

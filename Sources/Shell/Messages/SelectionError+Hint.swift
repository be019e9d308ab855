import Backups
import Text

extension SelectionError: Hinting {
    var hint: NextStep? {
        switch self {
        case .noBackups: "'clusters' shows where there are some"
        case .noneOffered: "other sources may have its backups: \(.useOtherSource)"
        case .noSuchRevision(_, nil, nil, _, unknownCount: 0): "'pick max' takes the newest"
        case .noSuchRevision, .noSuchName, .excluded, .allExcluded: "'ls' shows them all"
        case .unlisted:
            """
            'pick max' takes that one, 'pick REVISION --etcd-version VERSION' another; other sources list them all: \
            \(.useOtherSource)
            """
        case .nothingNoncurrent: "'ls' shows what is there now"
        case .noSuchVersion: "'ls --deleted' shows their versions"
        case .noneUsable(let backups):
            "to try one all the same, name it: pick \(backups.first?.name.printable ?? "NAME")"
        case .ambiguous(_, let names): "choose one by its name: pick \(names.first ?? "NAME")"
        }
    }
}

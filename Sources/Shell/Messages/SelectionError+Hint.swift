import Backups
import Language
import Text

extension SelectionError: Hinting {
    var hint: NextStep? {
        switch self {
        case .noBackups(nil): "see what is there: \(line: "ls --ignored")"
        case .noBackups: "see where there are some: \(line: "clusters")"
        case .noneOffered: "other sources may have its backups: \(.useOtherSource)"
        case .noSuchRevision(_, nil, nil, _, unknownCount: 0): "'pick max' takes the newest"
        case .noSuchRevision, .noSuchName, .excluded, .allExcluded: "see them all: \(line: "ls")"
        case .unlisted:
            """
            'pick max' takes that one, 'pick REVISION --etcd-version VERSION' another; other sources list them all: \
            \(.useOtherSource)
            """
        case .nothingNoncurrent: "see what is there now: \(line: "ls")"
        case .noSuchVersion: "see their versions: \(line: "ls --deleted")"
        case .noneUsable(let backups) where backups.first?.obstacles.contains(.withoutSnapshot) == true:
            "see what is in it: \(line: "pick \(Word.shown(backups.first?.name ?? "NAME")); info")"
        case .noneUsable(let backups):
            "to try one all the same, name it: pick \(backups.first?.name.printable ?? "NAME")"
        case .ambiguous(_, let names): "choose one by its name: pick \(names.first ?? "NAME")"
        }
    }
}

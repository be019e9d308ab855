import Backups
import Drills
import Language
import Text

extension DrillFileError: Hinting {
    var hint: NextStep? {
        switch self {
        case .findings(let path, _, _): "see all of them: \(line: "drill lint \(Word.shown(path))")"
        case .unknown: "list them: \(line: "drill")"
        case .unreadable: nil
        }
    }
}

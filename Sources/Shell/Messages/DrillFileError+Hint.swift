import Backups
import Drills
import Text

extension DrillFileError: Hinting {
    var hint: NextStep? {
        switch self {
        case .findings(let path, _, _): "see all of them: drill lint \(path.printable)"
        case .unknown: "'drill' lists them"
        case .unreadable: nil
        }
    }
}

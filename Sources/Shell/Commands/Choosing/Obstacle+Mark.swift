import Backups
import Text

extension Obstacle {
    /// The short form for a table.
    var mark: String {
        switch self {
        case .empty: "empty"
        case .impossibleSize: "not a snapshot's size"
        case .withoutSnapshot: "no snapshot in it"
        case .archived(let storageClass): "archived: \(storageClass.printable)"
        }
    }
}

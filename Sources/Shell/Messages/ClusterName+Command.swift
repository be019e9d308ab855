import Backups
import Language

extension ClusterName {
    /// The command that chooses it.
    var command: String {
        "cluster \(Word.shown(name))" + (namespace.map { " --namespace \(Word.shown($0))" } ?? "")
    }
}

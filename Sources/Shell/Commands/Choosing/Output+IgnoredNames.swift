import Backups
import Text

extension Output {
    /// Reports which names were ignored, and why: the first few, and the total.
    func note(ignored: [IgnoredName], among what: String, howToSeeAll: String? = nil) {
        if ignored.isEmpty { return }
        let shown = ignored.prefix(3).map { "\($0.name.printable) (\($0.reason))" }.joined(separator: ", ")
        let rest = ignored.count > 3 ? " and \(ignored.count - 3) more" + (howToSeeAll.map { "; \($0)" } ?? "") : ""
        note("ignored \(ignored.count) \(ignored.count == 1 ? "name" : "names") among \(what): \(shown)\(rest)")
    }
}

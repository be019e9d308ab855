import Backups
import Text

extension Output {
    /// Reports which names were ignored, and why: for the first few reasons a name and how many more there are, and the
    /// total.
    func note(ignored: [IgnoredName], among what: String, howToSeeAll: String? = nil) {
        if ignored.isEmpty { return }
        var reasons: [(reason: String, first: String, count: Int)] = []
        var places: [String: Int] = [:]
        for name in ignored {
            if let place = places[name.reason] {
                reasons[place].count += 1
            } else {
                places[name.reason] = reasons.count
                reasons.append((name.reason, name.name.printable, 1))
            }
        }
        let shown = reasons.prefix(3).map { reason in
            reason.first + (reason.count == 1 ? "" : " and \(reason.count - 1) more") + " (\(reason.reason))"
        }.joined(separator: ", ")
        let restCount = reasons.dropFirst(3).reduce(0) { $0 + $1.count }
        let rest =
            (restCount == 0 ? "" : " and \(restCount) more")
            + (ignored.count > min(reasons.count, 3) ? howToSeeAll.map { "; \($0)" } ?? "" : "")
        note("ignored \(ignored.count) \(ignored.count == 1 ? "name" : "names") among \(what): \(shown)\(rest)")
    }
}

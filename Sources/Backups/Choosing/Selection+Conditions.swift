import FoundationEssentials
import Text

/// What narrows the choice.
extension Selection {
    /// Whether a backup is within what narrows the choice.
    public func accepts(_ backup: Backup) -> Bool { reasonAgainst(backup).isEmpty }

    /// How it differs from what is wanted; empty where it does not.
    func reasonAgainst(_ backup: Backup) -> String {
        var reasons: [String] = []
        if let version {
            if let own = backup.version {
                if !version.covers(own) { reasons.append("it is of etcd \(own), not \(version)") }
            } else {
                reasons.append("its etcd version is unknown")
            }
        }
        if let node, backup.node?.hasSameBytes(as: node) != true {
            reasons.append(
                backup.node.map { "it is of node \($0.printable), not \(node.printable)" } ?? "its node is unknown"
            )
        }
        if let kind, kind != Self.anyKind, backup.kind != kind {
            reasons.append(
                backup.kind.map { "it is \($0.printable), not \(kind.printable)" } ?? "its kind is unknown"
            )
        }
        if let before {
            if let modified = backup.modified {
                if backup.isInFuture(at: now) {
                    reasons.append(
                        "its time, \(modified.formatted(.iso8601)), is in the future: its clock or this one is wrong"
                    )
                } else if modified >= before {
                    reasons.append("it was written \(modified.formatted(.iso8601))")
                }
            } else {
                reasons.append("its creation time is unknown")
            }
        }
        if let target, let own = backup.version, !own.isRestorable(into: target) {
            reasons.append("etcd \(target) can't restore a backup of etcd \(own)")
        }
        return reasons.joined(separator: ", and ")
    }

    /// The kind that every backup is of: a delta is none.
    public static let anyKind = "full"

    /// Which nodes and kinds there are, where one that is asked for is not: the end of a sentence, empty where all are.
    func knownAlternatives(among backups: [Backup]) -> String {
        func sentence(_ wanted: String?, _ one: String, _ several: String, _ property: (Backup) -> String?) -> String {
            guard let wanted, !backups.contains(where: { property($0)?.hasSameBytes(as: wanted) == true }) else {
                return ""
            }
            let known = Set(backups.compactMap(property)).sorted()
            if known.isEmpty { return "; their names say no \(one)" }
            let rest = known.count > 8 ? " and \(known.count - 8) more" : ""
            let shown = known.prefix(8).map(\.printable).joined(separator: ", ") + rest
            return known.count == 1 ? "; the only \(one) is \(shown)" : "; the \(several) are \(shown)"
        }
        return sentence(node, "node", "nodes", \.node)
            + sentence(kind == Self.anyKind ? nil : kind, "kind", "kinds", \.kind)
    }

    /// The conditions that a backup must meet, as messages name them: "of etcd 3.1", "written before
    /// 2016-11-23T02:00:00Z".
    var conditions: String { conditions(target: target) }

    func conditions(target: EtcdVersion?) -> String {
        var conditions: [String] = []
        if let version { conditions.append("of etcd \(version)") }
        if let node { conditions.append("of node \(node.printable)") }
        if let kind, kind != Self.anyKind { conditions.append("of kind \(kind.printable)") }
        if let before { conditions.append("written before \(before.formatted(.iso8601))") }
        if let target { conditions.append("restorable into etcd \(target)") }
        return conditions.joined(separator: ", ")
    }
}

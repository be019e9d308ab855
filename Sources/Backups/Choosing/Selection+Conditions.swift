import FoundationEssentials

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

    /// The conditions that a backup must meet, as messages name them: "of etcd 3.1", "written before 2016-11-23T02:00:00Z".
    var conditions: String { conditions(target: target) }

    func conditions(target: EtcdVersion?) -> String {
        var conditions: [String] = []
        if let version { conditions.append("of etcd \(version)") }
        if let before { conditions.append("written before \(before.formatted(.iso8601))") }
        if let target { conditions.append("restorable into etcd \(target)") }
        return conditions.joined(separator: ", ")
    }
}

/// Why the chosen backup is the one.
extension Selection {
    /// - Parameter count: `nil` where not all were read.
    func reason(
        for backup: Backup,
        among count: Int?,
        by order: BackupOrder,
        futureCount: Int,
        hasPassedOver: Bool
    ) -> String {
        // Of an unknown version it is not known either.
        let conditions = conditions(target: backup.version == nil ? nil : target)
        let suffix = conditions.isEmpty ? "" : " " + conditions
        switch choice {
        case .newest, .oldest:
            if count == 1 { return "the only backup\(suffix)" }
            let usable = hasPassedOver ? " usable" : ""
            let all = (count.map { " of \($0) backups" } ?? " of all backups") + suffix
            switch order {
            case .byRevision: return "the \(choice == .newest ? "highest" : "lowest")\(usable) revision" + all
            case .byTime:
                let have = futureCount == 1 ? "has" : "have"
                let future = "; \(futureCount) \(have) a time in the future, which proves nothing"
                return "the \(choice == .newest ? "last" : "first")\(usable)" + all
                    + " by time; their names say no revision" + (futureCount == 0 ? "" : future)
            }
        case .revision: return "the only backup with that revision\(suffix)"
        case .name: return "the backup of that name"
        }
    }
}

/// Why the chosen backup is the one.
extension Selection {
    /// - Parameter count: `nil` where not all were read.
    func reason(
        for backup: Backup,
        among count: Int?,
        by order: BackupOrder,
        futureCount: Int,
        twinCount: Int,
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
            case .byRevision:
                let twins =
                    twinCount == 0 ? "" : ", the \(choice == .newest ? "last" : "first") of \(twinCount + 1) with it"
                return "the \(choice == .newest ? "highest" : "lowest")\(usable) revision" + all + twins
            case .byTime:
                let have = futureCount == 1 ? "has" : "have"
                let future = "; \(futureCount) \(have) a time in the future, which proves nothing"
                let twins = twinCount == 0 ? "" : "; \(twinCount) more \(twinCount == 1 ? "has" : "have") the same time"
                return "the \(choice == .newest ? "last" : "first")\(usable)" + all
                    + (conditions.isEmpty ? " " : ", ") + Self.time(of: backup) + twins
                    + (futureCount == 0 ? "" : future)
            }
        case .revision: return "the only backup with that revision\(suffix)"
        case .name: return "the backup of that name"
        }
    }

    /// Which time it went by.
    private static func time(of backup: Backup) -> String {
        guard backup.isTimeNamed else { return "by modification time" }
        return "by time (from the name\(backup.hasLocalTime ? ", a local time without its zone" : ""))"
    }
}

import Text

/// The names on pages that may overlap: each name once.
struct ListingAccumulator {
    /// By name.
    private(set) var backups: [ByteText: Backup] = [:]
    private(set) var ignored: [IgnoredName] = []
    private(set) var unfinishedFolder: String?
    private var seen: Set<ByteText> = []

    mutating func add(_ reading: (backups: [Backup], ignored: [IgnoredName], unfinishedFolder: String?)) {
        for backup in reading.backups { backups[ByteText(backup.name)] = backup }
        for name in reading.ignored where seen.insert(ByteText(name.name)).inserted { ignored.append(name) }
        unfinishedFolder = reading.unfinishedFolder ?? unfinishedFolder
    }
}

import Text

/// The names on pages that may overlap: each name once.
struct ListingAccumulator {
    /// By name.
    private(set) var backups: [ByteText: Backup] = [:]
    private(set) var ignored: [IgnoredName] = []
    private(set) var deltas: Set<ParsedDelta> = []
    private(set) var unfinishedFolder: String?
    private var seen: Set<ByteText> = []

    mutating func add(_ reading: FolderReading) {
        for backup in reading.backups { backups[ByteText(backup.name)] = backup }
        for name in reading.ignored where seen.insert(ByteText(name.name)).inserted { ignored.append(name) }
        deltas.formUnion(reading.deltas)
        unfinishedFolder = reading.unfinishedFolder ?? unfinishedFolder
    }
}

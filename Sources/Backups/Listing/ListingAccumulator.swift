/// The names on pages that may overlap: each name once.
struct ListingAccumulator {
    /// By name.
    private(set) var backups: [String: Backup] = [:]
    private(set) var ignored: [IgnoredName] = []
    private(set) var unfinishedFolder: String?
    private var seen = ByteTexts()

    mutating func add(_ reading: (backups: [Backup], ignored: [IgnoredName], unfinishedFolder: String?)) {
        for backup in reading.backups { backups[backup.name] = backup }
        for name in reading.ignored where seen.insert(name.name) { ignored.append(name) }
        unfinishedFolder = reading.unfinishedFolder ?? unfinishedFolder
    }
}

/// A set of texts that differ by their bytes: Swift's own equality is that of Unicode's canonical forms.
struct ByteTexts {
    private var texts: Set<[UInt8]> = []

    /// - Returns: Whether it is new.
    mutating func insert(_ text: String) -> Bool { texts.insert(Array(text.utf8)).inserted }
}

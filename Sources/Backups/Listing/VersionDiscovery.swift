/// Finds out which spellings of versions a folder has, without reading what is spelt so.
///
/// A listing that is folded at `_` tells it in a page. Where a server can't do that, short pages tell the next spelling,
/// and what is spelt so is skipped.
struct VersionDiscovery: Sendable {
    private let keys: BackupKeys
    /// The keys whose spellings are known.
    private var known = KeyIntervalSet()
    private var foldsAtSpelling = true
    private(set) var versions: [String: EtcdVersion] = [:]

    /// How many names a short page has.
    private static let shortLimit = 50
    /// Where a folder is likely to have versions, so that those between can be looked for at once.
    private static let likely = ["2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "4"]

    init(_ keys: BackupKeys) {
        self.keys = keys
    }

    /// The page to ask for first of all: of what comes after the names that can't be backups.
    var firstProbe: PageRequest { PageRequest(after: keys.candidates[0].after, delimiter: "_") }

    /// The pages that tell what is still unknown; none where every spelling is known.
    var probes: [PageRequest] {
        var probes: [PageRequest] = []
        for gap in keys.candidates.flatMap({ known.gaps(in: $0) }) {
            guard !foldsAtSpelling else {
                probes.append(PageRequest(after: gap.after, delimiter: "_"))
                continue
            }
            let starts = Self.likely.map { keys.folder + $0 }.filter { gap.contains($0) && $0 != gap.through }
            probes += ([gap.after] + starts).map { PageRequest(after: $0, limit: Self.shortLimit) }
        }
        return probes
    }

    mutating func learn(_ answer: SortedPage, to probe: PageRequest) throws(UnsortedListing) {
        let page = answer.page
        for key in page.entries.map(\.key) + page.prefixes {
            if let versionText = keys.versionText(of: key), versions[versionText] == nil {
                versions[versionText] = keys.version(of: versionText)
            }
        }
        let isFolded =
            page.prefixes.allSatisfy { $0.utf8.last == UInt8(ascii: "_") }
            && !page.entries.contains { keys.versionText(of: $0.key) != nil }
        if probe.delimiter == "_", !isFolded { foldsAtSpelling = false }

        var ends = [page.entries.last?.key]
        if probe.delimiter == "_", isFolded {
            guard page.prefixes.allSatisfy({ probe.after.precedesInBytes($0) }) else { throw UnsortedListing() }
            ends.append(page.prefixes.last)
        }
        let end = ends.compactMap { $0.map(pastFolded) }.max { $0.precedesInBytes($1) } ?? probe.after
        known.insert(KeyInterval(after: probe.after, through: answer.isLast ? keys.all.through : end))
    }

    /// The end of what is folded together with a key: at the first `/` or `_`, which one byte up stands for.
    private func pastFolded(_ key: String) -> String {
        let name = key.utf8.dropFirst(keys.folder.utf8.count)
        guard let sign = name.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "_") }) else {
            return key
        }
        return String(key[..<sign]) + (key.utf8[sign] == UInt8(ascii: "/") ? "0" : "`")
    }
}

/// Finds out which groups of names a folder has, without reading what is in them.
///
/// A listing that is folded at the separator shows it in a page. Where a server can't do that, short pages show the
/// next group, and what is in them is skipped.
struct GroupDiscovery: Sendable {
    private let keys: BackupKeys
    /// The keys whose groups are known.
    private var known = KeyIntervalSet()
    private var foldsAtSeparator = true
    private(set) var groups: [String: NameGroup] = [:]

    /// How many names a short page has.
    private static let shortLimit = 50

    init(_ keys: BackupKeys) {
        self.keys = keys
    }

    /// The page to ask for first of all: of what comes after the names that can't be backups.
    var firstRequest: PageRequest? {
        keys.candidates.first.map { PageRequest(after: $0.after, delimiter: keys.delimiter) }
    }

    /// The pages that show what is still unknown; none where every group is known.
    var requests: [PageRequest] {
        var requests: [PageRequest] = []
        for gap in keys.candidates.flatMap({ known.gaps(in: $0) }) {
            guard !foldsAtSeparator else {
                requests.append(PageRequest(after: gap.after, delimiter: keys.delimiter))
                continue
            }
            let starts = keys.likelyGroups.filter { gap.contains($0) && $0 != gap.through }
            requests += ([gap.after] + starts).map { PageRequest(after: $0, limit: Self.shortLimit) }
        }
        return requests
    }

    mutating func learn(_ sortedPage: SortedPage, to request: PageRequest) throws(UnsortedListing) {
        let page = sortedPage.page
        for key in page.entries.map(\.key) + page.prefixes {
            if let group = keys.group(of: key), groups[group] == nil {
                groups[group] = keys.layout.group(group)
            }
        }
        let isFolded =
            page.prefixes.allSatisfy { $0.utf8.last == keys.delimiter.utf8.first }
            && !page.entries.contains { keys.group(of: $0.key) != nil }
        if request.delimiter == keys.delimiter, !isFolded { foldsAtSeparator = false }

        var ends = [page.entries.last?.key]
        if request.delimiter == keys.delimiter, isFolded {
            guard page.prefixes.allSatisfy({ request.after.precedesInBytes($0) }) else { throw UnsortedListing() }
            ends.append(page.prefixes.last)
        }
        let end = ends.compactMap { $0.map(keys.pastFolded) }.max { $0.precedesInBytes($1) } ?? request.after
        known.insert(KeyInterval(after: request.after, through: sortedPage.isLast ? keys.all.through : end))
    }
}

import Backups

/// What a listing has found so far, in no order yet.
struct FolderContents {
    let start: String
    let foldsAtSlash: Bool
    var entries: [StoreEntry] = []
    var prefixes: [String] = []
    var unusable: [IgnoredName] = []

    /// Folds at another sign than `/`, which directories know nothing of.
    mutating func fold(at delimiter: String) {
        var folded: Set<String> = []
        entries.removeAll { entry in
            let rest = entry.key.afterBytes(of: start)
            guard let end = rest.firstRange(of: delimiter)?.upperBound else { return false }
            folded.insert(start + rest[..<end])
            return true
        }
        prefixes += folded
    }

    /// The page of what was found, from where it begins.
    mutating func page(from listStart: ListStart, limit: Int?) -> ListPage {
        if case .after(let after) = listStart {
            entries.removeAll { !after.precedesInBytes($0.key) }
            prefixes.removeAll { !after.precedesInBytes($0) }
            // They have no place in the order, so they are on the first page only.
            unusable = []
        }
        entries = ByteSort.sorted(entries, by: \.key, skippingByteCount: start.utf8.count)
        prefixes.sort { $0.precedesInBytes($1) }
        var page = ListPage(entries: entries, prefixes: prefixes, unusable: unusable)
        guard let limit, limit > 0, entries.count + prefixes.count > limit else { return page }
        let names = (entries.prefix(limit).map(\.key) + prefixes.prefix(limit)).sorted { $0.precedesInBytes($1) }
        let last = names[limit - 1]
        page.entries.removeAll { last.precedesInBytes($0.key) }
        page.prefixes.removeAll { last.precedesInBytes($0) }
        page.next = .after(last)
        return page
    }
}

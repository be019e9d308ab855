/// The page of a listing that began after a key, as a server sent it that keeps to the order.
struct SortedPage: Sendable {
    /// The names in it.
    var page = ListPage()
    /// Whether more follow.
    var isLast = false
}

/// A server does not list in the order of bytes, or not from where it was asked to: what it lists can't be divided.
struct UnsortedListing: Error {}

extension ClusterFolder {
    /// The page that begins after a key.
    ///
    /// A page without keys, where more follow, does not say how far it reaches: some servers list all folders
    /// before the first key. Then the next pages are read until there is one.
    ///
    /// - Parameter delimiter: `/`, or another one at which keys may be folded.
    /// - Throws: `UnsortedListing`, and what the store throws.
    func page(after: String, delimiter: String = "/", limit: Int? = nil) async throws -> SortedPage {
        var request = ListRequest(prefix: prefix, delimiter: delimiter, limit: limit)
        if !after.isEmpty { request.start = .after(after) }
        var sorted = SortedPage()
        while true {
            let page = try await store.list(request)
            try page.checkKeys(after: after)
            sorted.page.entries += page.entries
            sorted.page.prefixes += page.prefixes
            sorted.page.unusable += page.unusable
            sorted.isLast = page.next == nil
            guard let next = page.next, page.entries.isEmpty, delimiter == "/" || page.prefixes.isEmpty else {
                return sorted
            }
            guard next != request.start else {
                throw StoreError.failed(prefix, reason: "its listing goes round in a circle")
            }
            request.start = next
        }
    }
}

extension ListPage {
    /// - Throws: `UnsortedListing` where the keys don't ascend, or don't come after where the page was to begin.
    func checkKeys(after: String) throws(UnsortedListing) {
        var last = after
        for entry in entries {
            guard last.precedesInBytes(entry.key) else { throw UnsortedListing() }
            last = entry.key
        }
    }
}

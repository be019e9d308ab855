import Text

extension ClusterFolder {
    /// All pages of the folder, one after the other or several at once, put together into one result.
    ///
    /// - Parameters:
    ///   - initial: What it begins with, also where it has to begin again.
    ///   - add: Takes the names of a page, each of which comes once; in no order.
    func reduce<Result: Sendable>(
        into initial: Result,
        _ add: (inout Result, ListPage) throws -> Void
    ) async throws -> Result {
        if case .remote(let parallelCalls) = store.traits, let keys = sortedKeys {
            do {
                var result = initial
                var reading = ParallelReading(self, keys, width: parallelCalls)
                try await reading.run { try add(&result, $0) }
                return result
            } catch is UnsortedListing {
                // What was read so far is worth nothing: names may have been passed over.
            }
        }
        var result = initial
        try await readInTurn { try add(&result, $0) }
        return result
    }

    /// Whether a name may be on several pages: a server may be odd, but what reads its own disk is not.
    private var mayRepeat: Bool { store.traits != .local }

    /// All pages in the server's own order, without the names that were on earlier ones.
    private func readInTurn(_ add: (ListPage) throws -> Void) async throws {
        var request = ListRequest(prefix: prefix, delimiter: "/")
        var seen = SeenNames()
        var page = try await store.list(request)
        while true {
            try Task.checkCancellation()
            let next = page.next
            if mayRepeat { seen.remove(from: &page) }
            guard let next else { return try add(page) }
            guard next != request.start else {
                throw StoreError.failed(prefix, reason: "its listing goes round in a circle")
            }
            request.start = next
            let nextRequest = request
            // The server makes the next page while this one is read.
            async let following = store.list(nextRequest)
            try add(page)
            page = try await following
        }
    }
}

/// The names that were on earlier pages of a listing.
private struct SeenNames {
    /// The pages so far, while the keys of all ascend: such keys come once, and need no set.
    private var ascending: [[StoreEntry]] = []
    private var keys: Set<ByteText>?
    private var others: Set<ByteText> = []

    mutating func remove(from page: inout ListPage) {
        removeKeys(from: &page)
        page.prefixes.removeAll { !others.insert(ByteText($0)).inserted }
        page.unusable.removeAll { !others.insert(ByteText($0.name)).inserted }
    }

    private mutating func removeKeys(from page: inout ListPage) {
        if keys == nil, page.ascends(after: ascending.last?.last?.key ?? "") {
            if !page.entries.isEmpty { ascending.append(page.entries) }
            return
        }
        var keys = self.keys ?? Set(ascending.joined().map { ByteText($0.key) })
        page.entries.removeAll { !keys.insert(ByteText($0.key)).inserted }
        self.keys = keys
        ascending = []
    }
}

extension ListPage {
    fileprivate func ascends(after key: String) -> Bool {
        do throws(UnsortedListing) {
            try checkKeys(after: key)
            return true
        } catch {
            return false
        }
    }
}

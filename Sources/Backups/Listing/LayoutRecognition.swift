extension LayoutChoice {
    private static let pageNameCount = 1000
    private static let maxPageCount = 10

    /// How many of a folder's names are looked at in a remote store: where none of these shows the layout, a user must name
    /// it.
    public static let recognisingNameCount = pageNameCount * maxPageCount

    /// Finds out how a folder is laid out: first by its landmarks and, where these don't decide it, by its names, page by
    /// page until one shows it.
    ///
    /// - Parameters:
    ///   - folder: What the keys in it begin with: empty, or ending in `/`.
    ///   - name: The folder's own name.
    ///   - landmarks: Those that are in it.
    /// - Returns: `nil` where no layout is found.
    /// - Throws: `LayoutError.ambiguous`, and what the store throws.
    public func recognise(
        _ folder: String,
        named name: String,
        landmarks: Set<String>,
        in store: any Store
    ) async throws -> (layout: any Layout, match: LayoutMatch)? {
        var view = FolderView(path: [name], landmarks: landmarks)
        if let found = try match(view), found.match.certainty == .certain || isNamed { return found }
        let isLocal = store.traits == .local
        var request = ListRequest(prefix: folder, delimiter: "/", limit: isLocal ? nil : Self.pageNameCount)
        for _ in 0..<(isLocal ? 1 : Self.maxPageCount) {
            let page = try await store.list(request)
            view.files += page.entries.map { $0.key.afterBytes(of: folder) }
            if let found = try match(view) { return found }
            guard let next = page.next, next != request.start else { break }
            request.start = next
        }
        return nil
    }

    /// Which landmarks are in a folder of a store that knows files only, as a bucket.
    ///
    /// - Throws: What the store throws.
    public func landmarks(in folder: String, of store: any Store) async throws -> Set<String> {
        let found = try await store.traits.inParallel(landmarks) { landmark in
            let page = try await store.list(ListRequest(prefix: folder + landmark, limit: 1))
            return page.entries.isEmpty && page.unusable.isEmpty ? nil : landmark
        }
        return Set(found.compactMap(\.self))
    }
}

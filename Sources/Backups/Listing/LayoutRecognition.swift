extension LayoutChoice {
    /// How many of a folder's names are looked at.
    private static let nameLimit = 1000

    /// Finds out how a folder is laid out: first by its landmarks and, where these don't decide it, by its names.
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
        var view = FolderView(name: name, landmarks: landmarks)
        if let found = try match(view), found.match.certainty == .certain || isNamed { return found }
        view.files = try await store.names(in: folder, limit: Self.nameLimit)
        return try match(view)
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

extension Store {
    /// The names of the first files in a folder.
    fileprivate func names(in folder: String, limit: Int) async throws -> [String] {
        try await list(ListRequest(prefix: folder, delimiter: "/", limit: limit)).entries.map {
            $0.key.afterBytes(of: folder)
        }
    }
}

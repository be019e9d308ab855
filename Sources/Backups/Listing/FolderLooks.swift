import Text

/// Looks at the names in folders of a place whose layout is not known yet, and counts what that costs.
struct FolderLooks: Sendable {
    let choice: LayoutChoice
    let store: any Store
    /// How many requests were made.
    private(set) var requestCount = 0

    init(_ choice: LayoutChoice, in store: any Store) {
        self.choice = choice
        self.store = store
    }

    /// Reads a folder's names, page by page until one shows the layout.
    ///
    /// - Parameters:
    ///   - path: The names of the folders that lead to it and its own.
    ///   - known: Landmarks that other folders beside it have: their first part is enough to know them by; `nil` where
    ///     all
    ///     landmarks are asked for.
    mutating func view(
        of folder: String,
        path: [String],
        maxPageCount: Int,
        known: Set<String>? = nil
    ) async throws -> FolderView {
        var view = FolderView(path: path)
        let limit = store.traits == .local ? nil : LayoutRecognition.pageNameCount
        var request = ListRequest(prefix: folder, delimiter: "/", limit: limit)
        for pageNumber in 1...maxPageCount {
            requestCount += 1
            let page = try await store.list(request)
            view.add(page, of: folder)
            let isLast = page.next == nil || page.next == request.start
            if pageNumber == 1 {
                let present = presentLandmarks(in: view, isWhole: isLast)
                view.landmarks = present.sure
                if let known {
                    view.landmarks.formUnion(present.possible.filter(known.contains))
                } else {
                    try await view.landmarks.formUnion(find(present.possible, in: folder))
                }
            }
            if try isLast || choice.match(view) != nil { break }
            request.start = page.next ?? request.start
        }
        return view
    }

    /// The landmarks that a folder's names show, and those of which they show only the first part, or none yet.
    private func presentLandmarks(in view: FolderView, isWhole: Bool) -> (sure: Set<String>, possible: [String]) {
        let folders = Set(view.folders.map { ByteText($0 + "/") })
        let match = try? choice.match(view)
        let isClear = match.map { $0.match.certainty > .fallback } ?? false
        let last = view.files.last ?? ""
        var sure: Set<String> = []
        var possible: [String] = []
        for landmark in choice.landmarks {
            let first = String(landmark.prefix { $0 != "/" }) + "/"
            let isThere = folders.contains(ByteText(first))
            if isThere, first.hasSameBytes(as: landmark) {
                sure.insert(landmark)
            } else if isThere || !isWhole && !isClear && last.precedesInBytes(landmark) {
                possible.append(landmark)
            }
        }
        return (sure, possible)
    }

    /// Which of some landmarks are in a folder.
    private mutating func find(_ landmarks: [String], in folder: String) async throws -> [String] {
        // One that lies in another is there only if that is.
        let outer = landmarks.filter { landmark in
            !landmarks.contains { $0 != landmark && landmark.hasPrefix($0) }
        }
        let found = try await present(outer, in: folder)
        let inner = landmarks.filter { landmark in
            !outer.contains(landmark) && found.contains(where: landmark.hasPrefix)
        }
        return try await found + present(inner, in: folder)
    }

    private mutating func present(_ landmarks: [String], in folder: String) async throws -> [String] {
        requestCount += landmarks.count
        let store = store
        return try await store.traits.inParallel(landmarks) { landmark in
            let page = try await store.list(ListRequest(prefix: folder + landmark, limit: 1))
            // What can't be handed over shows that a folder is there, and nothing of how its names begin.
            let isThere = !page.entries.isEmpty || landmark.hasSuffix("/") && !page.unusable.isEmpty
            return isThere ? landmark : nil
        }.compactMap(\.self)
    }
}

extension FolderView {
    /// Adds what a page shows. A server that does not fold names lists those that are deeper, too.
    fileprivate mutating func add(_ page: ListPage, of folder: String) {
        for name in page.entries.lazy.map({ $0.key.afterBytes(of: folder) }) where !name.isEmpty {
            if name.utf8.contains(UInt8(ascii: "/")) { addFolder(name) } else { files.append(name) }
        }
        for name in page.prefixes.lazy.map({ $0.afterBytes(of: folder) }) where !name.isEmpty { addFolder(name) }
    }

    private mutating func addFolder(_ path: String) {
        let name = String(decoding: path.utf8.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
        if folders.last?.hasSameBytes(as: name) != true { folders.append(name) }
    }
}

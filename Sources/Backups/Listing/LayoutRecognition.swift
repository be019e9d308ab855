import Text

/// Finds out how a place is laid out: by the names in it and, where these show nothing, by those in its folders.
struct LayoutRecognition: Sendable {
    let choice: LayoutChoice
    let store: any Store

    /// How many names a page has that is looked at in a remote store.
    static let pageNameCount = 1000
    /// How many pages are looked at of one folder.
    static let maxPageCount = 10
    /// How many folders of a place are looked into.
    static let maxFolderCount = 40

    /// A layout that was found in a folder.
    struct Finding: Sendable {
        var layout: any Layout
        var match: LayoutMatch
        /// What the keys of the folder begin with that was looked at.
        var folder: String
        /// The names of the folders that lead to it.
        var path: [String]
    }

    /// - Parameters:
    ///   - folder: What the keys in it begin with: empty, or ending in `/`.
    ///   - path: The names of the folders that lead to it and its own, as far as they are known.
    /// - Throws: `LayoutError.ambiguous`, `.several`, `.nothing`, and what the store throws.
    func place(in folder: String, path: [String]) async throws -> PlacedLayout {
        let view = try await view(of: folder, path: path, maxPageCount: Self.maxPageCount)
        let own = try choice.match(view).map {
            Finding(layout: $0.layout, match: $0.match, folder: folder, path: path)
        }
        if let own, own.match.certainty > .fallback || choice.isNamed { return placed(own) }
        let inner = try await findings(in: view, folder).filter { own == nil || $0.match.certainty > .fallback }
        if let place = try placed(inner, in: folder, path) { return place }
        if let own { return placed(own) }
        let explanation = choice.layouts.lazy.compactMap { $0.explanation(of: view) }.first
        let names = (view.folders.map { $0 + "/" } + view.files).prefix(5)
        throw LayoutError.nothing(.init(names: Array(names), explanation: explanation))
    }

    // MARK: - Looking

    /// What is seen of a folder: page by page until one shows the layout.
    private func view(of folder: String, path: [String], maxPageCount: Int) async throws -> FolderView {
        var view = FolderView(path: path)
        let isLocal = store.traits == .local
        var request = ListRequest(prefix: folder, delimiter: "/", limit: isLocal ? nil : Self.pageNameCount)
        for pageNumber in 1...maxPageCount {
            let page = try await store.list(request)
            view.add(page, of: folder)
            let isLast = page.next == nil || page.next == request.start
            if pageNumber == 1 { try await findLandmarks(in: folder, isWhole: isLast, &view) }
            if try isLast || choice.match(view) != nil { break }
            request.start = page.next ?? request.start
        }
        return view
    }

    /// Landmarks of which the folder's names show only the first part, or of which none can be seen yet, are asked for.
    private func findLandmarks(in folder: String, isWhole: Bool, _ view: inout FolderView) async throws {
        let folders = Set(view.folders.map { ByteText($0 + "/") })
        let isClear = try choice.match(view).map { $0.match.certainty > .fallback } ?? false
        let last = view.files.last ?? ""
        var unknown: [String] = []
        for landmark in choice.landmarks {
            let first = String(landmark.prefix { $0 != "/" }) + "/"
            let isThere = folders.contains(ByteText(first))
            if isThere, first.hasSameBytes(as: landmark) {
                view.landmarks.insert(landmark)
            } else if isThere || !isWhole && !isClear && last.precedesInBytes(landmark) {
                unknown.append(landmark)
            }
        }
        // One that lies in another is there only if that is.
        let outer = unknown.filter { landmark in !unknown.contains { $0 != landmark && landmark.hasPrefix($0) } }
        let found = try await present(outer, in: folder)
        let inner = unknown.filter { landmark in !outer.contains(landmark) && found.contains(where: landmark.hasPrefix)
        }
        view.landmarks.formUnion(try await found + present(inner, in: folder))
    }

    /// Which of some landmarks are in a folder.
    private func present(_ landmarks: [String], in folder: String) async throws -> [String] {
        try await store.traits.inParallel(landmarks) { landmark in
            let page = try await store.list(ListRequest(prefix: folder + landmark, limit: 1))
            // What can't be handed over shows that a folder is there, and nothing of how its names begin.
            let isThere = !page.entries.isEmpty || landmark.hasSuffix("/") && !page.unusable.isEmpty
            return isThere ? landmark : nil
        }.compactMap(\.self)
    }

    private func findings(in view: FolderView, _ folder: String) async throws -> [Finding] {
        let names = Array(view.folders.prefix(Self.maxFolderCount))
        let found = try await store.traits.inParallel(names) { name -> Finding? in
            let inner = folder + name + "/"
            let path = view.path + [name]
            let view: FolderView
            do {
                view = try await self.view(of: inner, path: path, maxPageCount: 1)
            } catch let error as StoreError where !error.isInterruption {
                // A folder that this user may not read says nothing of the others.
                return nil
            }
            return try choice.match(view).map { Finding(layout: $0.layout, match: $0.match, folder: inner, path: path) }
        }
        return found.compactMap(\.self)
    }

    // MARK: - Deciding

    private func placed(_ finding: Finding) -> PlacedLayout {
        PlacedLayout(finding.layout, roots: [root(of: finding)], isGuess: choice.isGuess(finding.match))
    }

    private func root(of finding: Finding, label: String? = nil) -> LayoutRoot {
        let name = finding.path.last ?? ""
        let folder = finding.folder + finding.match.folder
        let owner = label.map { ClusterName($0) }
        guard finding.layout.hasClusterFolders else {
            return LayoutRoot(
                folder: folder,
                content: .backups(of: owner),
                label: label,
                pathPrefix: finding.match.isInsideBackupFolder ? name + "/" : ""
            )
        }
        if finding.match.isInsideBackupFolder {
            return LayoutRoot(folder: folder, content: .backups(of: ClusterName(name)), label: name)
        }
        let hasNamespaces = finding.layout.mayHaveNamespaces && store.traits != .local
        return LayoutRoot(folder: folder, content: .clusters(hasNamespaces: hasNamespaces), label: label)
    }

    /// The layout that the folders of a place have; `nil` where they have none.
    private func placed(_ findings: [Finding], in folder: String, _ path: [String]) throws(LayoutError) -> PlacedLayout?
    {
        guard let certainty = findings.map(\.match.certainty).max() else { return nil }
        let surest = findings.filter { $0.match.certainty == certainty }
        guard let first = surest.first else { return nil }
        let layout = first.layout
        if surest.contains(where: { $0.layout.name != layout.name }) {
            throw .several(surest.map { LayoutError.Place(layout: $0.layout.name, folder: $0.path.last ?? "") })
        }
        let isGuess = choice.isGuess(first.match)
        // They are folders of one place, with a backup or some in each.
        if surest.allSatisfy({ layout.holdsBackups($0.path.last ?? "") }) {
            let root = LayoutRoot(folder: folder, content: .backups(of: nil))
            return PlacedLayout(layout, roots: [root], isGuess: isGuess)
        }
        if surest.count == 1 { return placed(first) }
        return PlacedLayout(layout, roots: surest.map { root(of: $0, label: $0.path.last) }, isGuess: isGuess)
    }
}

extension FolderView {
    /// Adds what a page shows. A server that does not fold names lists those that are deeper, too.
    fileprivate mutating func add(_ page: ListPage, of folder: String) {
        for name in page.entries.lazy.map({ $0.key.afterBytes(of: folder) }) where !name.isEmpty {
            if name.utf8.contains(UInt8(ascii: "/")) { addFolder(name) } else { files.append(name) }
        }
        for name in page.prefixes.lazy.map({ $0.afterBytes(of: folder) }) { addFolder(name) }
    }

    private mutating func addFolder(_ path: String) {
        let name = String(path.prefix { $0 != "/" })
        if !name.isEmpty, folders.last?.hasSameBytes(as: name) != true { folders.append(name) }
    }
}

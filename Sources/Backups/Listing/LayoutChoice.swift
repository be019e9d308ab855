import Text

/// The layouts that a folder may have: all that are known, or the one that a user named.
public struct LayoutChoice: Sendable {
    /// In the order in which they are tried; the first is taken where a folder may be empty.
    public let layouts: [any Layout]
    /// Whether a user named the only one.
    public let isNamed: Bool

    /// - Parameter name: What a user calls the layout; `nil` where it is to be recognised.
    /// - Throws: `LayoutError.unknown`.
    public init(of layouts: [any Layout], named name: String? = nil) throws(LayoutError) {
        guard let name else {
            self.layouts = layouts
            isNamed = false
            return
        }
        let named = layouts.filter { $0.name == name }
        if named.isEmpty { throw .unknown(name, known: layouts.map(\.name)) }
        self.layouts = named
        isNamed = true
    }

    /// What shows some of the layouts before any names are read.
    public var landmarks: [String] {
        var landmarks: [String] = []
        for landmark in layouts.flatMap(\.landmarks) where !landmarks.contains(landmark) { landmarks.append(landmark) }
        return landmarks
    }

    /// Where the backups are on the disk of a machine, from its root.
    public var usualFolders: [String] {
        var folders: [String] = []
        for folder in layouts.flatMap(\.usualFolders) where !folders.contains(folder) { folders.append(folder) }
        return folders
    }

    /// Whether a match is taken only because no other layout was found.
    public func isGuess(_ match: LayoutMatch) -> Bool { match.certainty == .fallback && !isNamed }

    /// The layout that is surest of a folder, and where in it.
    ///
    /// - Returns: `nil` where none is found.
    /// - Throws: `LayoutError.ambiguous` where two are equally sure.
    public func match(_ folder: FolderView) throws(LayoutError) -> (layout: any Layout, match: LayoutMatch)? {
        var found: [(layout: any Layout, match: LayoutMatch)] = []
        for layout in layouts {
            if let match = layout.match(folder) { found.append((layout, match)) }
        }
        guard let surest = found.max(by: { $0.match.certainty < $1.match.certainty }) else { return nil }
        let equals = found.filter { $0.match.certainty == surest.match.certainty }
        if equals.count > 1 { throw .ambiguous(folder: folder.name, names: equals.map(\.layout.name)) }
        return surest
    }

    /// How many of a folder's names are looked at in a remote store: where none of these shows the layout, a user must
    /// name it.
    public static let recognisingNameCount = LayoutRecognition.pageNameCount * LayoutRecognition.maxPageCount

    /// Finds out how a place is laid out, and where in it the backups are.
    ///
    /// - Parameters:
    ///   - folder: What the keys in it begin with: empty, or ending in `/`.
    ///   - path: The names of the folders that lead to it and its own, as far as they are known.
    ///   - looksIntoFolders: Whether all folders in it are looked into, where its own names show nothing.
    /// - Throws: `LayoutError`, and what the store throws.
    public func recognise(
        in folder: String,
        path: [String],
        of store: any Store,
        looksIntoFolders: Bool = true
    ) async throws -> PlacedLayout {
        try await LayoutRecognition(choice: self, store: store)
            .place(in: folder, path: path, looksIntoFolders: looksIntoFolders)
    }

    /// The place of a layout that a user named, where nothing is yet; `nil` where none was named, and on a disk that
    /// would have the layout's top folder.
    public func emptyPlace(in folder: String, of store: any Store) -> PlacedLayout? {
        guard isNamed, let layout = layouts.first, layout.topFolder.isEmpty || store.traits != .local else {
            return nil
        }
        return PlacedLayout(
            layout,
            folder: folder + layout.topFolder,
            hasNamespaces: layout.mayHaveNamespaces && store.traits != .local
        )
    }

    /// The same as `recognise`, and where nothing is found `emptyPlace`.
    public func place(in folder: String, path: [String], of store: any Store) async throws -> PlacedLayout {
        do {
            return try await recognise(in: folder, path: path, of: store)
        } catch let error as LayoutError {
            guard case .nothing = error, let place = emptyPlace(in: folder, of: store) else { throw error }
            return place
        }
    }
}

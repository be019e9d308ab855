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

    /// Whether a cluster must be chosen to find backups; `nil` where the layout is to be recognised.
    public var needsCluster: Bool? { isNamed ? layouts.first?.hasClusterFolders : nil }

    /// What shows some of the layouts before any names are read.
    public var landmarks: [String] {
        var landmarks: [String] = []
        for landmark in layouts.flatMap(\.landmarks) where !landmarks.contains(landmark) { landmarks.append(landmark) }
        return landmarks
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
}

/// Why it is not known how a folder is laid out.
public enum LayoutError: UserError, Equatable {
    case unknown(String, known: [String])
    /// Several layouts are equally likely.
    case ambiguous(folder: String, names: [String])

    public var code: String {
        switch self {
        case .unknown: "layout.unknown"
        case .ambiguous: "layout.ambiguous"
        }
    }

    public var category: ErrorCategory { .failed }

    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "cannot use the layout '\(name.printable)': the known ones are \(known.joined(separator: ", "))"
        case .ambiguous(let folder, let names):
            "cannot choose a layout for \(folder.isEmpty ? "this place" : folder.printable):"
                + " its names fit \(names.joined(separator: " and "))"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .unknown: nil
        case .ambiguous(_, let names): "say which it is: \(setting: "layout", names.first ?? "NAME")"
        }
    }
}

import Text

/// Why it is not known how a place is laid out.
public enum LayoutError: UserError, Equatable {
    case unknown(String, known: [String])
    /// Several layouts are equally likely.
    case ambiguous(folder: String, names: [String])
    /// The folders of a place have several layouts.
    case several([Place])
    /// No layout was found.
    case nothing(Nothing)

    /// What is there instead of backups.
    public struct Nothing: Sendable, Equatable {
        /// Where: `volume /mnt`; empty where only the caller knows.
        public var place = ""
        /// The first few names.
        public var names: [String]
        /// What they are, or where backups are, as a sentence, where that is known.
        public var explanation: String?
        public var nextStep: NextStep?

        public init(names: [String], explanation: String? = nil) {
            self.names = names
            self.explanation = explanation
        }

        fileprivate var sentence: String {
            if let explanation { return explanation }
            if names.isEmpty { return "nothing is there" }
            return "no known layout fits its names, such as \(names.map(\.printable).joined(separator: ", "))"
        }
    }

    /// A folder of a place, and the layout that it has.
    public struct Place: Sendable, Hashable {
        public var layout: String
        /// Its name.
        public var folder: String

        public init(layout: String, folder: String) {
            self.layout = layout
            self.folder = folder
        }
    }

    public var code: String {
        switch self {
        case .unknown: "layout.unknown"
        case .ambiguous: "layout.ambiguous"
        case .several: "layout.several"
        case .nothing: "layout.nothing"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .unknown: .failed
        // The place was read, and `||` tries the next one.
        case .ambiguous, .several, .nothing: .notFound
        }
    }

    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "cannot use the layout '\(name.printable)': the known ones are \(known.joined(separator: ", "))"
        case .ambiguous(let folder, let names):
            "cannot choose a layout for \(folder.isEmpty ? "this place" : folder.printable):"
                + " its names fit \(names.joined(separator: " and "))"
        case .several(let places): "cannot choose a layout for this place: it has \(Self.sentence(places))"
        case .nothing(let nothing):
            "cannot find backups in \(nothing.place.isEmpty ? "this place" : "the " + nothing.place): \(nothing.sentence)"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .unknown: nil
        case .ambiguous(_, let names):
            "say which it is: \(setting: "layout", "NAME"), with \(names.joined(separator: " or "))"
        case .several(let places):
            "name the folder, or say which it is: \(setting: "layout", "NAME"), with \(Self.layouts(places))"
        case .nothing(let nothing): nothing.nextStep
        }
    }

    /// The same with what only its source knows.
    public func at(_ place: String, nextStep: NextStep?) -> LayoutError {
        guard case .nothing(var nothing) = self else { return self }
        nothing.place = place
        nothing.nextStep = nothing.nextStep ?? nextStep
        return .nothing(nothing)
    }

    /// Whether nothing is there, or next to nothing: some servers list the folders of files that were deleted.
    public var isOfEmptyPlace: Bool {
        guard case .nothing(let nothing) = self else { return false }
        return nothing.explanation == nil && nothing.names.allSatisfy { $0.hasSuffix("/") }
    }

    /// `k3s or talos`.
    private static func layouts(_ places: [Place]) -> String {
        var names: [String] = []
        for place in places where !names.contains(place.layout) { names.append(place.layout) }
        return names.joined(separator: " or ")
    }

    /// `k3s (in prod/), talos (in a/ and b/)`.
    private static func sentence(_ places: [Place]) -> String {
        var folders: [(layout: String, folders: [String])] = []
        for place in places {
            if let index = folders.firstIndex(where: { $0.layout == place.layout }) {
                folders[index].folders.append(place.folder)
            } else {
                folders.append((place.layout, [place.folder]))
            }
        }
        return folders.map { layout, folders in
            let shown = folders.prefix(3).map { $0.printable + "/" }.joined(separator: ", ")
            return "\(layout) (in \(shown)\(folders.count > 3 ? " and \(folders.count - 3) more" : ""))"
        }.joined(separator: ", ")
    }
}

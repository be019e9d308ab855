public import Backups
import Blocking
import Files
import Glibc
import Text

/// A volume with backups, mounted or copied to a folder.
public enum Volume {
    /// Where the sidecar mounts it (etcd operator v0.3.3 `pkg/util/constants`, `BackupMountDir`).
    public static let defaultPath = "/var/etcd-backup"

    /// Where below a given folder the backups can lie: in it, or on a whole machine's disk.
    private static let rootsBelow = ["", defaultPath]

    /// The backups below a folder: a volume's root, a folder that a layout recognises, or the root of a disk that has
    /// `var/etcd-backup`.
    ///
    /// - Parameter world: Where the folder must lie, if not anywhere.
    /// - Throws: `VolumeError`, `LayoutError`, `ClosedWorldError`, and `CancellationError` where its task is cancelled.
    public static func source(
        at path: String,
        _ choice: LayoutChoice,
        in world: ClosedWorld? = nil
    ) async throws -> StoreSource {
        let folder = try NamedFolder(path, in: world)
        do {
            return try await BlockingWork.run(at: Place(folder: folder.path)) { try await find(folder, choice) }
        } catch let error as NotAnswering {
            throw VolumeError.notAnswering(path: path, reason: error.description)
        }
    }

    private static func find(_ named: NamedFolder, _ choice: LayoutChoice) async throws -> StoreSource {
        let path = named.name
        let folder = try named.resolved()
        let name = path.hasSuffix("/") ? String(path.dropLast()) : path
        var surest: (source: StoreSource, certainty: LayoutMatch.Certainty)?
        for below in rootsBelow where try below.isEmpty || isFolder(folder + below) {
            // The folder below may be a link of its own.
            let root = below.isEmpty ? folder : try named.resolved(folder + below)
            let store = DirectoryStore(resolvedRoot: root.isEmpty ? "/" : root)
            let found = try await choice.recognise(
                "",
                named: PathParts(named.isMapped && below.isEmpty ? name : root).name,
                landmarks: Set(choice.landmarks.filter { try isFolder("\(root)/\($0)") }),
                in: store
            )
            guard let (layout, match) = found, surest.map({ $0.certainty < match.certainty }) ?? true else { continue }
            let place = PlacedLayout(layout, folder: match.folder, isGuess: choice.isGuess(match))
            surest = (source(store, name + below, place), match.certainty)
        }
        if let surest { return surest.source }
        // Who names a layout that needs no folder of its own gets it, also where nothing is in there yet.
        if choice.isNamed, let layout = choice.layouts.first, layout.landmarks.isEmpty {
            return source(
                DirectoryStore(resolvedRoot: folder.isEmpty ? "/" : folder),
                name,
                PlacedLayout(layout, folder: "")
            )
        }
        throw VolumeError.noBackups(path: path, layouts: choice.layouts.summaries)
    }

    private static func source(_ store: DirectoryStore, _ name: String, _ place: PlacedLayout) -> StoreSource {
        StoreSource(
            location: "volume \((name.isEmpty ? "/" : name).printable)",
            shortName: "pv",
            store: store,
            place: place
        )
    }

    /// Whether there is a folder; an error where that can't be found out.
    private static func isFolder(_ path: String) throws(VolumeError) -> Bool {
        var status = stat()
        do throws(SystemError) {
            try BlockingWork.call(.lookup) { () throws(SystemError) in try systemCall { stat(path, &status) } }
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return false }
            throw .unusable(path: path, reason: error.description)
        }
        return status.st_mode & S_IFMT == S_IFDIR
    }
}

/// Why a folder can't be used as a backup volume.
public enum VolumeError: UserError, Equatable {
    case unusable(path: String, reason: String)
    /// The folder can be read, but it has none of the layouts, whose summaries these are.
    case noBackups(path: String, layouts: [String])
    case notAnswering(path: String, reason: String)

    public var code: String {
        switch self {
        case .unusable: "volume.unusable"
        case .noBackups: "volume.no-backups"
        case .notAnswering: "volume.not-answering"
        }
    }

    public var category: ErrorCategory {
        switch self {
        case .unusable, .notAnswering: .unreachable
        // The place was read, and nothing was found there.
        case .noBackups: .notFound
        }
    }

    public var description: String {
        switch self {
        case .unusable(let path, let reason): "cannot use the volume \(path.printable): \(reason)"
        case .notAnswering(let path, let reason):
            "cannot use the volume \(path.printable): \(reason.printable)"
        case .noBackups(let path, let layouts):
            "cannot use the volume \(path.printable): there are no \(layouts.joined(separator: ", and no "))"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .unusable: "name the folder where it is mounted: \(.use(source: "pv", place: "DIR"))"
        case .notAnswering: "look at the mount and its server: \(.run("findmnt"))"
        case .noBackups: "name the folder that holds the backups: \(.use(source: "pv", place: "DIR"))"
        }
    }
}

public import Backups
import Blocking
import Files
import Glibc
import Text

/// A volume with backups, mounted or copied to a folder.
public enum Volume {
    /// Where the sidecar mounts it (etcd operator v0.3.3 `pkg/util/constants`, `BackupMountDir`).
    public static let defaultPath = "/var/etcd-backup"

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
        let folder = try named.resolved()
        let name = named.name.hasSuffix("/") ? String(named.name.dropLast()) : named.name
        let shownPath = named.isMapped ? name : folder
        var found: [(place: PlacedLayout, store: DirectoryStore, below: String)] = []
        let store = DirectoryStore(resolvedRoot: folder.isEmpty ? "/" : folder)
        func recognise(looksIntoFolders: Bool) async throws -> PlacedLayout {
            try await choice.recognise(
                in: "",
                path: PathParts.names(in: shownPath),
                of: store,
                looksIntoFolders: looksIntoFolders
            )
        }
        do {
            let place = try await recognise(looksIntoFolders: false)
            if !place.isGuess { return source(store, name, place, named) }
            found.append((place, store, ""))
        } catch LayoutError.nothing {}
        // It may be the whole disk of a machine: there a copy in another folder hides no backups in the usual one.
        var unreadable: VolumeError?
        var explained: LayoutError?
        for below in choice.usualFolders {
            do {
                guard try isFolder("\(folder)/\(below)") else { continue }
            } catch {
                // One that this user may not read says nothing of the others.
                unreadable = unreadable ?? error
                continue
            }
            // The folder below may be a link of its own.
            let root = try named.resolved("\(folder)/\(below)")
            let store = DirectoryStore(resolvedRoot: root.isEmpty ? "/" : root)
            do {
                let place = try await choice.recognise(in: "", path: PathParts.names(in: root), of: store)
                let one = (place, store, "/" + below.dropLast())
                // A usual folder may lie in another one, from which it was found already.
                if !found.contains(where: { roots(of: $0.place, $0.below) == roots(of: one.0, one.2) }) {
                    found.append(one)
                }
            } catch LayoutError.nothing(let found) where found.explanation != nil {
                explained = explained ?? .nothing(found)
            } catch LayoutError.nothing {}
        }
        var surest = found.filter { !$0.place.isGuess }
        var nothing: LayoutError?
        if surest.isEmpty {
            do {
                let place = try await recognise(looksIntoFolders: true)
                if !place.isGuess {
                    surest = [(place, store, "")]
                } else if found.isEmpty {
                    found = [(place, store, "")]
                }
            } catch let error as LayoutError {
                guard case .nothing = error else { throw error }
                nothing = explained ?? error
            }
        }
        guard let first = surest.first ?? found.first else {
            if let unreadable { throw unreadable }
            if let place = choice.emptyPlace(in: "", of: store) { return source(store, name, place, named) }
            throw (nothing ?? LayoutError.nothing(.init(names: []))).at(
                "volume \((name.isEmpty ? "/" : name).printable)",
                nextStep: "name the folder that holds the backups: \(.use(source: "pv", place: "DIR"))"
            )
        }
        if surest.count > 1 {
            throw LayoutError.several(
                surest.map { LayoutError.Place(layout: $0.place.layout.name, folder: name + $0.below) }
            )
        }
        return source(first.store, name + first.below, first.place, named)
    }

    /// The folders in which a layout was found, from the top.
    private static func roots(of place: PlacedLayout, _ below: String) -> [String] {
        place.roots.map { "\(below)/\($0.folder)" }
    }

    private static func source(
        _ store: DirectoryStore,
        _ name: String,
        _ place: PlacedLayout,
        _ named: NamedFolder
    ) -> StoreSource {
        let (store, place) = seeingNeighbours(store, place, named)
        return StoreSource(
            location: "volume \((name.isEmpty ? "/" : name).printable)",
            shortName: "pv",
            address: store.root,
            store: store,
            place: place
        )
    }

    /// The same from the folder above, where there is a folder of companions beside that of the backups.
    private static func seeingNeighbours(
        _ store: DirectoryStore,
        _ place: PlacedLayout,
        _ named: NamedFolder
    ) -> (DirectoryStore, PlacedLayout) {
        let parts = PathParts(store.root)
        guard let neighbours = place.layout.neighbourFolder, parts.name == neighbours.backupFolder,
            (try? isFolder("\(parts.folder)/\(neighbours.name)")) == true, let root = try? named.resolved(parts.folder)
        else { return (store, place) }
        var place = place
        place.roots = place.roots.map { root in
            var root = root
            root.folder = "\(parts.name)/\(root.folder)"
            return root
        }
        return (DirectoryStore(resolvedRoot: root.isEmpty ? "/" : root), place)
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
    case notAnswering(path: String, reason: String)

    public var code: String {
        switch self {
        case .unusable: "volume.unusable"
        case .notAnswering: "volume.not-answering"
        }
    }

    public var category: ErrorCategory { .unreachable }

    public var description: String {
        switch self {
        case .unusable(let path, let reason): "cannot use the volume \(path.printable): \(reason)"
        case .notAnswering(let path, let reason):
            "cannot use the volume \(path.printable): \(reason.printable)"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .unusable: "name the folder where it is mounted: \(.use(source: "pv", place: "DIR"))"
        case .notAnswering: "look at the mount and its server: \(.run("findmnt"))"
        }
    }
}

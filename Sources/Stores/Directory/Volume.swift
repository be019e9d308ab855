public import Backups
import Blocking
import Files
import Glibc
import Layouts
import Text

/// A volume that the etcd operator's backup sidecar wrote, mounted or copied to a folder.
public enum Volume {
    /// Where the sidecar mounts it (etcd operator v0.3.3 `pkg/util/constants`, `BackupMountDir`).
    public static let defaultPath = "/var/etcd-backup"

    /// Where below a given folder the backups can lie: the volume itself, the `v1` folder, or a whole machine's disk.
    private static let rootsBelow = ["", "/var/etcd-backup"]

    /// The backups below a folder: a volume's root, its `v1` folder, or the root of a disk that has `var/etcd-backup`.
    ///
    /// - Throws: `VolumeError`, and `CancellationError` where its task is cancelled.
    public static func source(at path: String) async throws -> StoreSource {
        do {
            let found = try await BlockingWork.run(at: Place(folder: path)) { try find(path) }
            return StoreSource(
                location: "volume \((found.name.isEmpty ? "/" : found.name).printable)",
                shortName: "pv",
                store: DirectoryStore(resolvedRoot: found.root.isEmpty ? "/" : found.root),
                layout: OperatorLayout(clustersPrefix: found.clustersPrefix)
            )
        } catch let error as NotAnswering {
            throw VolumeError.notAnswering(path: path, reason: error.description)
        }
    }

    /// Where the backups lie, and how its user calls that.
    private struct FoundFolder {
        /// The absolute path, every link in it resolved; empty for the root of all.
        var root: String
        var name: String
        var clustersPrefix: String
    }

    private static func find(_ path: String) throws(VolumeError) -> FoundFolder {
        let folder = try resolvedFolder(path)
        let name = path.hasSuffix("/") ? String(path.dropLast()) : path
        for below in rootsBelow where try isFolder(folder + below + "/v1") {
            // The folder below may be a link of its own.
            let root = below.isEmpty ? folder : try resolvedFolder(folder + below)
            return FoundFolder(root: root, name: name + below, clustersPrefix: "v1/")
        }
        if folder.hasSuffix("/v1") { return FoundFolder(root: folder, name: name, clustersPrefix: "") }
        throw .noBackups(path: path)
    }

    /// The absolute path of a folder that can be read, every link in it resolved.
    private static func resolvedFolder(_ path: String) throws(VolumeError) -> String {
        do throws(SystemError) {
            let folder = try BlockingWork.call(.lookup) { () throws(SystemError) in
                let descriptor = try systemCall { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
                close(descriptor)
                return try DirectoryStore.resolved(path)
            }
            return folder == "/" ? "" : folder
        } catch {
            throw .unusable(path: path, reason: error.description)
        }
    }

    /// Whether there is a folder; that it can't be found out is another matter than that there is none.
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
    /// The folder can be read, but there is no `v1` in it.
    case noBackups(path: String)
    case notAnswering(path: String, reason: String)

    public var code: String {
        switch self {
        case .unusable: "volume.unusable"
        case .noBackups: "volume.no-backups"
        case .notAnswering: "volume.not-answering"
        }
    }

    public var category: ErrorCategory { .unreachable }

    public var description: String {
        switch self {
        case .unusable(let path, let reason): "cannot use the volume \(path.printable): \(reason)"
        case .notAnswering(let path, let reason):
            "cannot use the volume \(path.printable): \(reason.printable)"
        case .noBackups(let path): "cannot use the volume \(path.printable): there is no folder v1 in it"
        }
    }

    public var nextStep: NextStep? {
        switch self {
        case .unusable: "name the folder where it is mounted: \(.use(source: "pv", place: "DIR"))"
        case .notAnswering: "look at the mount and its server: \(.run("findmnt"))"
        case .noBackups: "name the folder that holds v1/<cluster>/…_etcd.backup, or that v1 folder itself"
        }
    }
}

import Backups
import Blocking
import Files
import Glibc

/// A folder as the user named it, and where that is: in a closed world a name may stand for another folder.
struct NamedFolder: Sendable {
    /// As it was typed.
    let name: String
    let path: String
    /// Whether the name stands for another folder.
    let isMapped: Bool
    private let world: ClosedWorld?

    /// - Throws: `VolumeError` where the world has no volume at the usual place: on this machine none is looked for.
    init(_ name: String, in world: ClosedWorld?) throws(VolumeError) {
        let place = world?.place(of: name)
        if world != nil, place == nil, ClosedWorld.isAt(name, orBelow: Volume.defaultPath) {
            throw .unusable(path: name, reason: SystemError(code: ENOENT).description)
        }
        self.name = name
        self.path = place ?? name
        self.isMapped = place != nil
        self.world = world
    }

    /// The absolute path of a folder that can be read, every link in it resolved; empty of the root.
    ///
    /// - Parameter other: A folder below it; this one where none is given.
    /// - Throws: `VolumeError`; `ClosedWorldError` where it lies out of the world.
    func resolved(_ other: String? = nil) throws -> String {
        let path = other ?? self.path
        let shown = other == nil || isMapped ? name : path
        let folder: String
        do throws(SystemError) {
            folder = try BlockingWork.call(.lookup) { () throws(SystemError) in
                let descriptor = try systemCall { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
                close(descriptor)
                return try DirectoryStore.resolved(path)
            }
        } catch {
            // What lies elsewhere is not looked for, and so it does not matter whether it is there.
            if let world, path.hasPrefix("/"), !world.contains(path) {
                throw ClosedWorldError(.reach, shown, in: world)
            }
            throw VolumeError.unusable(path: shown, reason: error.description)
        }
        if let world, !world.contains(folder) { throw ClosedWorldError(.reach, shown, in: world) }
        return folder == "/" ? "" : folder
    }
}

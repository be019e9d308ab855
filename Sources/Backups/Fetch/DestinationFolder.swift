import Blocking
import Files
import Glibc
import Text

/// The folder of a download's destination, open as long as this object lives: what stands there, by name.
final class DestinationFolder: Sendable {
    /// As it was given.
    let destination: String
    /// The destination's name in the folder.
    let name: String
    /// As messages name the folder.
    let path: String
    let descriptor: Int32

    /// - Throws: `SystemError` where there is no such folder, or it can't be opened.
    init(of destination: String) throws(SystemError) {
        self.destination = destination
        let parts = PathParts(destination)
        name = parts.name
        path = parts.folder
        descriptor = try BlockingWork.call(.lookup) { () throws(SystemError) in
            try systemCall { open(parts.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        }
    }

    deinit { BlockingWork.call(.lookup) { _ = close(descriptor) } }

    /// The path of a name in it, written as the destination is.
    func path(of name: String) -> String { PathParts(destination).sibling(name) }

    // What follows calls the file system: the caller makes that a `BlockingWork.call`.

    /// What stands under a name; a link is not followed. `nil` where nothing does.
    func status(of name: String) -> stat? {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    /// The mark of what stands under a name; `nil` where nothing does.
    func mark(of name: String) -> FileMark? { status(of: name).map { FileMark($0) } }

    /// Removes a name, as far as that is possible.
    func remove(_ name: String) { unlinkat(descriptor, name, 0) }

    /// Checks that the names are free, and that what has the destination's own can be replaced.
    ///
    /// - Throws: `DownloadError.destinationExists`; `cannotWrite` where a device or a pipe is in the way, which is
    ///   never replaced.
    func checkNames(withEndings endings: [String], replacesExisting: Bool) throws(DownloadError) {
        let names = [name] + endings.map { name + $0 }
        if !replacesExisting, let taken = names.first(where: { status(of: $0) != nil }) {
            throw .destinationExists(path: path(of: taken))
        }
        if let status = status(of: name), ![S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) {
            throw .cannotWrite(path: destination, reason: "it exists and is not a regular file")
        }
    }

    /// Checks that so many bytes have room, besides what a name has by now, which is dropped.
    ///
    /// - Throws: `DownloadError.noSpace`.
    func checkSpace(for neededByteCount: Int64, replacing name: String) throws(DownloadError) {
        guard let free = FreeSpace.byteCount(at: descriptor) else { return }
        let ownByteCount = status(of: name).map { Int64($0.st_blocks) * 512 } ?? 0
        if free < neededByteCount - ownByteCount {
            throw .noSpace(folder: path, neededByteCount: neededByteCount, freeByteCount: free)
        }
    }
}

import Files
import Glibc

extension PartialFile {
    /// Opens a partial file, made where it is missing, with a lock that ends with this process where the file system
    /// has locks.
    ///
    /// - Throws: `DownloadError` where something else has the name, or another process writes the file.
    static func openLocked(
        _ partialName: String,
        in folder: DestinationFolder,
        _ safeguards: Safeguards
    ) throws(DownloadError) -> Int32 {
        let partialPath = folder.path(of: partialName)
        // A process that just finished may have renamed the file between our open and our lock: then once more.
        for _ in 0..<10 {
            let descriptor: Int32
            do throws(SystemError) {
                descriptor = try systemCall {
                    openat(
                        folder.descriptor,
                        partialName,
                        O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                        0o600
                    )
                }
            } catch {
                let isInTheWay = [EISDIR, ELOOP, ENXIO].contains(error.code)
                throw .cannotWrite(path: isInTheWay ? partialPath : folder.destination, reason: error.description)
            }
            var opened = stat()
            if fstat(descriptor, &opened) != 0 || opened.st_mode & S_IFMT != S_IFREG {
                close(descriptor)
                throw .cannotWrite(path: partialPath, reason: "it exists and is not a regular file")
            }
            if safeguards.lock(descriptor, partialPath), let named = folder.status(of: partialName),
                opened.st_ino == named.st_ino
            {
                if named.st_nlink == 1 { return descriptor }
                // A finished file's second name, left where a process was killed between giving it the first one and
                // taking this one away: the file is not ours to write to.
                folder.remove(partialName)
            }
            close(descriptor)
        }
        throw .busy(path: folder.destination)
    }

    /// Removes what a killed download has left on its way to the destination, unless another process writes it.
    static func removeLeftover(in folder: DestinationFolder, _ safeguards: Safeguards) {
        let partialName = Role.arriving.hiddenName(for: folder.name)
        let descriptor = openat(folder.descriptor, partialName, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { Safeguards.unlockAndClose(descriptor) }
        var opened = stat()
        guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG,
            safeguards.lock(descriptor, partialName),
            folder.mark(of: partialName)?.isSameFile(as: FileMark(opened)) == true
        else { return }
        folder.remove(partialName)
    }
}

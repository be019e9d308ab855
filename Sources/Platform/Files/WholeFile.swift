import Glibc
import Text

/// A file that is written as a whole: under its name stands what was there before, or all of what is new.
package enum WholeFile {
    /// Writes a file that only its owner can read. May block.
    ///
    /// - Parameter replacing: Whether a file of that name is replaced.
    /// - Throws: `SystemError`, with `EEXIST` where something has the name.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(SystemError) {
        let parts = PathParts(path)
        let hidden = "\(parts.folder)/.\(parts.name).\(getpid()).part"
        if !replacing {
            var status = stat()
            if lstat(path, &status) == 0 { throw SystemError(code: EEXIST) }
        }
        unlink(hidden)
        let descriptor = try systemCall { open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        do throws(SystemError) {
            defer { close(descriptor) }
            var done = 0
            while done < bytes.count {
                done += try systemCall {
                    bytes.withUnsafeBytes {
                        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
                    }
                }
            }
            try systemCall { fsync(descriptor) }
            if replacing {
                try systemCall { rename(hidden, path) }
            } else {
                try renameWithoutReplacing(hidden, to: path)
            }
        } catch {
            unlink(hidden)
            throw error
        }
        syncFolder(parts.folder)
    }

    /// So that a new name outlasts a power failure, as far as the file system can.
    package static func syncFolder(_ path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}

import CLinux
import Glibc

/// A temporary file that has no name: nothing is left of it when its process ends, however it ends.
package enum UnnamedFile {
    /// Opens a new one for reading and writing, which only its owner can read.
    ///
    /// - Parameter folder: Where its bytes lie.
    /// - Throws: `SystemError`.
    package static func open(in folder: String) throws(SystemError) -> Int32 {
        do {
            return try systemCall { clinux_open_unnamed(folder) }
        } catch  where [EOPNOTSUPP, EISDIR, EINVAL, ENOSYS].contains(error.code) {
            // A file system without them (NFS, CIFS, FUSE): the name goes before a byte is written.
            let path = "\(folder)/.snapsh-\(getpid())-\(UInt64.random(in: 0 ... .max))"
            let descriptor = try systemCall {
                Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            }
            unlink(path)
            return descriptor
        }
    }
}

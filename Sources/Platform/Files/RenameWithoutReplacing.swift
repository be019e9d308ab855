import CLinux
import Glibc

/// Gives a file or folder another name in the same folder, and replaces nothing.
///
/// - Parameters:
///   - folder: The open folder that both names are seen from; `AT_FDCWD` where they are whole paths.
/// - Throws: `SystemError` with `EEXIST` or `ENOTEMPTY` where something has the other name.
package func renameWithoutReplacing(
    _ name: String,
    to other: String,
    in folder: Int32 = AT_FDCWD
) throws(SystemError) {
    do {
        try systemCall { clinux_rename_noreplace(folder, name, other) }
    } catch {
        // A file system that can't (NFS among them): a second name for the file, then the first one goes.
        guard error.code == EINVAL || error.code == ENOSYS else { throw error }
        do throws(SystemError) {
            try systemCall { linkat(folder, name, folder, other, 0) }
        } catch  where [EPERM, ENOTSUP, ENOSYS].contains(error.code) {
            // No second name for a folder, nor on CIFS, FAT and many of FUSE: only the moment in between is not
            // guarded.
            var status = stat()
            if fstatat(folder, other, &status, AT_SYMLINK_NOFOLLOW) == 0 { throw SystemError(code: EEXIST) }
            try systemCall { renameat(folder, name, folder, other) }
            return
        }
        try systemCall { unlinkat(folder, name, 0) }
    }
}

import Blocking
import Glibc

/// All bytes of a file, or those of a pipe up to its end.
package struct FileContent: Sendable {
    package let bytes: [UInt8]
    /// Who may read and write it; `nil` of a pipe, which only its two ends have.
    package let permissions: UInt32?

    /// Reads it, as a part of a `BlockingWork.run`. A file has the usual time to answer. A pipe may stay silent for any
    /// time: only a cancellation ends the wait.
    ///
    /// - Returns: `nil` where there is more than `maxByteCount`: no memory is taken for it.
    /// - Throws: `SystemError`; `EISDIR` where it is a folder.
    package init?(of path: String, maxByteCount: Int) throws(SystemError) {
        let place = Place(folderOf: path)
        var status = stat()
        try BlockingWork.call(.lookup, at: place) { () throws(SystemError) in
            _ = try systemCall { stat(path, &status) }
        }
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(code: EISDIR) }
        let isFile = status.st_mode & S_IFMT == S_IFREG
        let descriptor = try BlockingWork.call(isFile ? .lookup : .sync, at: place) { () throws(SystemError) in
            try systemCall { open(path, O_RDONLY | O_CLOEXEC) }
        }
        defer { close(descriptor) }
        // What was there a moment ago may be another file now.
        try systemCall { fstat(descriptor, &status) }
        permissions = status.st_mode & S_IFMT == S_IFREG ? UInt32(status.st_mode & 0o7777) : nil
        let bytes = try readToEnd(
            of: descriptor,
            maxByteCount: maxByteCount,
            waitingAsFor: isFile ? .read : .sync,
            at: place
        )
        guard let bytes else { return nil }
        self.bytes = bytes
    }
}

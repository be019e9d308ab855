import Glibc

/// A file of lines that is only added to, and that only its owner can read. Several processes can write it.
package enum AppendedFile {
    /// Adds a line as a whole, and waits until it is on the disk. What a kill or a full disk has cut before it stays a
    /// line of its own. May block.
    ///
    /// - Parameter line: Without its line end.
    /// - Throws: `SystemError`, with `EINVAL` where something else than a plain file is in its place.
    package static func add(_ line: some Collection<UInt8>, to path: String) throws(SystemError) {
        // O_NONBLOCK: a pipe in its place would wait for its other end.
        let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        let descriptor = try systemCall { open(path, flags, 0o600) }
        // The lock ends with it.
        defer { close(descriptor) }
        // File systems that refuse it add what is written at once as a whole, nearly always.
        flock(descriptor, LOCK_EX)
        var status = stat()
        try systemCall { fstat(descriptor, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
        // Such files name people and hosts.
        if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
        let lineEnd = UInt8(ascii: "\n")
        var last = lineEnd
        if status.st_size > 0 { try systemCall { pread(descriptor, &last, 1, status.st_size - 1) } }
        let bytes = (last == lineEnd ? [] : [lineEnd]) + Array(line) + [lineEnd]
        let count = try systemCall { write(descriptor, bytes, bytes.count) }
        guard count == bytes.count else { throw SystemError(code: ENOSPC) }
        try systemCall { fsync(descriptor) }
    }
}

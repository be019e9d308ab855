import Files
import Glibc

/// Held as long as a session lives in a sandbox: the system drops it with the process, however that ends.
package final class SandboxLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// May block.
    ///
    /// - Returns: `nil` where another session holds it, or the sandbox is gone.
    package static func take(_ sandbox: Sandbox) -> SandboxLock? {
        let path = path(of: sandbox)
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        var descriptor = open(path, flags, 0o600)
        if descriptor < 0, errno != ENOENT, errno != EMFILE, errno != ENFILE {
            // Something else is in its place, which no session can hold.
            try? FolderTree.remove(path)
            descriptor = open(path, flags, 0o600)
        }
        guard descriptor >= 0 else { return nil }
        let lock = SandboxLock(descriptor)
        var request = whole
        guard fcntl(descriptor, setCommand, &request) == 0 else { return nil }
        // Another session may have removed the sandbox since it was opened.
        guard let held = FileMark(descriptor), let found = FileMark(path: path), held.isSameFile(as: found) else {
            return nil
        }
        return lock
    }

    /// Whether a session holds it. It is not taken for that: a session that wants it at this moment gets it. May block.
    package static func isHeld(_ sandbox: Sandbox) -> Bool {
        let descriptor = open(path(of: sandbox), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var request = whole
        return fcntl(descriptor, getCommand, &request) == 0 && request.l_type != Int16(F_UNLCK)
    }

    private static func path(of sandbox: Sandbox) -> String { "\(sandbox.folder)/lock" }

    /// A lock on all of the file, for one alone.
    private static var whole: flock {
        var request = flock()
        request.l_type = Int16(F_WRLCK)
        request.l_whence = Int16(SEEK_SET)
        return request
    }

    // Of an open file, not of the process, and they can be asked for (`fcntl(2)`: F_OFD_GETLK, F_OFD_SETLK).
    private static let getCommand: Int32 = 36
    private static let setCommand: Int32 = 37
}

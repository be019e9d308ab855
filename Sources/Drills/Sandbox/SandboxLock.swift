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
        let path = "\(sandbox.folder)/lock"
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        var descriptor = open(path, flags, 0o600)
        if descriptor < 0, errno != ENOENT, errno != EMFILE, errno != ENFILE {
            // Something else is in its place, which no session can hold.
            try? FolderTree.remove(path)
            descriptor = open(path, flags, 0o600)
        }
        guard descriptor >= 0 else { return nil }
        let lock = SandboxLock(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return lock
    }
}

import Blocking
import Glibc
import Synchronization

/// Locks what is written and syncs folders, as far as the file system can.
///
/// NFS, CIFS and many FUSE file systems refuse `flock`, or `fsync` of a folder (flock(2), fsync(2)). The work continues
/// without, and each kind is reported once.
public final class Safeguards: Sendable {
    private let report: @Sendable (MissingSafeguard) -> Void
    private let reported = Mutex<Set<MissingSafeguard.Kind>>([])

    /// - Parameter report: Gets what is missing, as soon as that is known.
    public init(report: @escaping @Sendable (MissingSafeguard) -> Void) {
        self.report = report
    }

    /// Locks an open file or folder; the lock ends with its descriptor.
    ///
    /// - Parameter path: As the report names it.
    /// - Returns: Whether the work may continue: `false` only where another process holds the lock.
    public func lock(_ descriptor: Int32, _ path: String) -> Bool {
        let code = Self.errorNumber(.lookup) { flock(descriptor, LOCK_EX | LOCK_NB) }
        if code == EWOULDBLOCK { return false }
        if code != 0 { add(MissingSafeguard(kind: .lock, path: path, code: code)) }
        return true
    }

    /// Ends a lock, and closes what was locked.
    ///
    /// Closing alone does not end it while a child process is being started, which holds a copy of the descriptor until
    /// its own program runs.
    public static func unlockAndClose(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Syncs an open folder, so that its names outlast a power failure.
    ///
    /// - Parameter path: As the report names it.
    /// - Returns: 0, or the error number of a disk that failed.
    public func syncFolder(_ descriptor: Int32, _ path: String) -> Int32 {
        let code = Self.errorNumber(.sync) { fsync(descriptor) }
        guard [EINVAL, ENOTSUP, EBADF, ENOSYS].contains(code) else { return code }
        add(MissingSafeguard(kind: .folderSync, path: path, code: code))
        return 0
    }

    private func add(_ missing: MissingSafeguard) {
        if reported.withLock({ $0.insert(missing.kind).inserted }) { report(missing) }
    }

    private static func errorNumber(_ kind: BlockingCall, of call: () -> Int32) -> Int32 {
        while true {
            // The error number within the call: what comes after it may change that.
            let code = BlockingWork.call(kind) { call() == 0 ? 0 : errno }
            if code != EINTR { return code }
        }
    }
}

/// What a file system cannot do for a file that is being written.
public struct MissingSafeguard: Sendable, Equatable {
    public enum Kind: Sendable {
        /// Nothing keeps another process from writing the same.
        case lock
        /// The names in the folder may be missing after a power failure.
        case folderSync
    }

    public var kind: Kind
    public var path: String
    /// The value of `errno`.
    public var code: Int32
}

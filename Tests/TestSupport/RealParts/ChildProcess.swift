import Foundation
import Synchronization

/// A program that runs beside the tests. It is killed with this object, and when the tests' process ends.
///
/// Its output goes to a file, which can't fill up as a pipe can, and needs no reader.
final class ChildProcess: Sendable {
    /// How a program ended.
    enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    let id: pid_t
    /// A file that has no name any more.
    private let log: Int32
    /// Where it may keep what it remembers; gone with this object.
    private let home: TemporaryFolder
    private let end = Mutex<End?>(nil)

    /// Starts it.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - input: A file that it reads.
    ///   - home: Its home; a new one where none is given.
    init(_ words: [String], input: String = "/dev/null", home: TemporaryFolder? = nil) throws {
        log = try Self.makeLog()
        self.home = try home ?? TemporaryFolder()
        let (log, home) = (log, self.home.path)
        id = SpawningThread.run { Self.spawn(words, input: input, home: home, log: log) }
        guard id > 0 else {
            close(log)
            throw PartFailure("cannot start \(words.first ?? "nothing"): there is no setpriv, or no process more")
        }
    }

    deinit {
        stop()
        close(log)
    }

    /// Kills it, and waits until it is gone.
    func stop() {
        end.withLock { end in
            guard end == nil else { return }
            kill(id, SIGKILL)
            end = wait(flags: 0)
        }
    }

    /// How it ended; `nil` while it runs.
    func pollEnd() -> End? {
        end.withLock { end in
            if end == nil { end = wait(flags: WNOHANG) }
            return end
        }
    }

    /// Waits until it has ended by itself.
    func waitForEnd() -> End? {
        end.withLock { end in
            if end == nil { end = wait(flags: 0) }
            return end
        }
    }

    /// What it said so far, on standard output and standard error.
    func said() -> String {
        var status = stat()
        guard fstat(log, &status) == 0 else { return "" }
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            count = max(0, pread(log, buffer.baseAddress, buffer.count, 0))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func wait(flags: Int32) -> End? {
        var status: Int32 = 0
        var ended: pid_t
        repeat {
            ended = waitpid(id, &status, flags)
        } while ended < 0 && errno == EINTR
        guard ended == id else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
    }

    private static func makeLog() throws -> Int32 {
        let path = NSTemporaryDirectory() + "snapsh-test-log-\(UUID().uuidString)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PartFailure.system("cannot make a log") }
        unlink(path)
        return descriptor
    }

    /// - Returns: The process; 0 where there is none.
    private static func spawn(_ words: [String], input: String, home: String, log: Int32) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, log, 1)
        posix_spawn_file_actions_adddup2(&actions, log, 2)
        // It must not hold files and pipes of tests that run at the same time.
        for descriptor in 3..<Int32(256) { posix_spawn_file_actions_addclose(&actions, descriptor) }

        // Swift's threads have all signals blocked, and whoever starts the tests may have some ignored.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        // Nothing of the environment: no proxy, no credentials, no home of another's.
        let settings = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=\(home)"]
        var process = pid_t()
        let status = withCStrings(["setpriv", "--pdeathsig", "KILL", "--"] + words) { words in
            withCStrings(settings) { posix_spawnp(&process, "setpriv", &actions, &attributes, words, $0) }
        }
        return status == 0 ? process : 0
    }

    /// Gives a list of C strings to `body`, with the null pointer that ends such a list.
    private static func withCStrings(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

import Backups
import Glibc

/// A program that is run to its end, with nothing to read and in a process group of its own.
enum ChildProcess {
    struct Outcome: Sendable {
        /// As sh counts: 128 and more for a signal.
        var exitCode: Int32
        var output: [UInt8]
        var errors: [UInt8]
    }

    /// What is kept of each of the two streams.
    private static let greatestByteCount = 64 << 10

    /// - Parameter words: The program, looked for in `PATH`, and its arguments.
    /// - Returns: `nil` where it took too long; then it and what it started are killed, as they are where the task is
    ///   cancelled.
    /// - Throws: `SystemError` where it can't be started, and `CancellationError`.
    static func run(
        _ words: [String],
        environment: [String: String],
        timeLimit: Duration
    ) async throws -> Outcome? {
        let output = try Pipe()
        let errors = try Pipe()
        let child = try start(words, environment, output: output, errors: errors)
        output.closeWriteEnd()
        errors.closeWriteEnd()
        let deadline = ContinuousClock.now + timeLimit
        var outcome = Outcome(exitCode: 0, output: [], errors: [])
        var status: Int32 = 0
        do {
            while true {
                let ended = try systemCall { waitpid(child, &status, WNOHANG) } == child
                // Both are drained while it runs, for a full pipe would stop it, and once when it has ended.
                output.drain(into: &outcome.output, limit: greatestByteCount)
                errors.drain(into: &outcome.errors, limit: greatestByteCount)
                if ended { break }
                guard ContinuousClock.now < deadline else {
                    end(child)
                    return nil
                }
                try await Task.sleep(for: .milliseconds(10))
            }
        } catch {
            end(child)
            throw error
        }
        let signal = status & 0x7F
        outcome.exitCode = signal == 0 ? status >> 8 & 0xFF : 128 + signal
        return outcome
    }

    /// Kills it with its group. It is not reaped yet, so that the number is still its own.
    private static func end(_ child: pid_t) {
        kill(-child, SIGKILL)
        waitpid(child, nil, 0)
    }

    private static func start(
        _ words: [String],
        _ environment: [String: String],
        output: Pipe,
        errors: Pipe
    ) throws(SystemError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What snapsh ignores, handles or blocks, the program gets as usual.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writeEnd, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.writeEnd, STDERR_FILENO)

        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { name, value in strdup("\(name)=\(value)") }
        defer { for text in arguments + variables { free(text) } }
        arguments.append(nil)
        variables.append(nil)
        var child = pid_t()
        let code = posix_spawnp(&child, words.first ?? "", &actions, &attributes, arguments, variables)
        guard code == 0 else { throw SystemError(code: code) }
        return child
    }

    /// A pipe that this process reads without waiting.
    private final class Pipe {
        /// What Linux keeps of what is written and not read: pipe(7).
        private static let capacity = 64 << 10

        private let readEnd: Int32
        private(set) var writeEnd: Int32

        init() throws(SystemError) {
            var ends: [Int32] = [-1, -1]
            try systemCall { pipe(&ends) }
            (readEnd, writeEnd) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
        }

        deinit {
            close(readEnd)
            closeWriteEnd()
        }

        func closeWriteEnd() {
            if writeEnd >= 0 { close(writeEnd) }
            writeEnd = -1
        }

        /// Reads all that is there now, and no more: a program may write without end. Beyond the limit it is dropped.
        func drain(into bytes: inout [UInt8], limit: Int) {
            var piece = [UInt8](repeating: 0, count: Self.capacity)
            guard let count = try? systemCall({ read(readEnd, &piece, piece.count) }) else { return }
            bytes += piece[..<min(count, limit - bytes.count)]
        }
    }
}

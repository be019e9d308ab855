import Blocking
import CLinux
package import Files
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// A program that reads bytes on its standard input and writes others to its standard output, all in step with one
/// thread.
///
/// No call waits for long: its caller looks around between the steps, and drops this object to give the program up. It
/// has this process's environment and terminal: it may ask for a passphrase. It is killed with this object.
package final class FilterProcess: Sendable {
    package struct Outcome: Sendable {
        /// As sh counts: 128 and more for a signal.
        package var exitCode: Int32
        /// The beginning of what it wrote to its standard error.
        package var errors: [UInt8]
    }

    /// What one step came to.
    package enum Step: Sendable, Equatable {
        /// So many bytes were given to it.
        case wrote(Int)
        /// It reads no more.
        case inputIsClosed
        /// So many bytes came from it; 0 at the end.
        case read(Int)
        /// It takes its time.
        case waited
    }

    /// How long a step waits, so that its caller can look around.
    private static let stepMilliseconds: Int32 = 100
    /// What is kept of its standard error, in bytes; the rest is read and dropped.
    private static let maxErrorByteCount = 64 << 10

    private let input: Pipe
    private let output: Pipe
    private let errors: Pipe
    /// Nothing is written to it: it is closed when the program has ended.
    private let end: Pipe
    private let writtenErrors = Mutex<(bytes: [UInt8], isOver: Bool)>(([], false))
    /// Its exit code, as sh counts.
    private let ending = Monitor<Result<Int32, SystemError>?>(nil)
    private let task: Task<Void, Never>

    /// - Parameter words: The program, looked for in `PATH`, and its arguments.
    /// - Throws: `SystemError` where there are no pipes; that it can't be started shows at its end.
    package init(_ words: [String]) throws(SystemError) {
        let (input, output, errors, end) = (try Pipe(), try Pipe(), try Pipe(), try Pipe())
        // A program that reads nothing more must not stop what it writes from being read.
        _ = fcntl(input.writing, F_SETFL, O_NONBLOCK)
        _ = fcntl(errors.reading, F_SETFL, O_NONBLOCK)
        (self.input, self.output, self.errors, self.end) = (input, output, errors, end)
        // Who waits for it may block one of the few threads that all tasks share.
        task = Task.detached(executorPreference: DedicatedThread()) { [ending] in
            let result = await Self.run(words, input, output, errors)
            ending.change { $0 = result }
            end.closeWriting()
        }
    }

    deinit {
        task.cancel()
        input.closeWriting()
        output.closeReading()
        errors.closeReading()
    }

    /// Gives it bytes, or takes some from it, whatever can be done first.
    ///
    /// - Throws: `SystemError`.
    package func step(
        giving bytes: UnsafeRawBufferPointer,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Step {
        var ready = [
            pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bytes.isEmpty ? -1 : input.writing, events: Int16(POLLOUT), revents: 0),
            errorsToPoll,
        ]
        guard try systemCall({ poll(&ready, 3, Self.stepMilliseconds) }) > 0 else { return .waited }
        // A program whose words nobody reads stops.
        if ready[2].revents != 0 { try readErrors() }
        if ready[0].revents != 0 {
            return .read(try systemCall { Glibc.read(output.reading, buffer.baseAddress, buffer.count) })
        }
        if ready[1].revents == 0 { return .waited }
        do throws(SystemError) {
            return .wrote(
                try Self.withoutBrokenPipeSignal { Glibc.write(input.writing, bytes.baseAddress, bytes.count) }
            )
        } catch SystemError(code: EPIPE) {
            return .inputIsClosed
        } catch SystemError(code: EAGAIN) {
            return .waited
        }
    }

    /// No more bytes come for it.
    package func closeInput() { input.closeWriting() }

    /// Waits for its end, though not for long. What it has started may still run then, and write to its standard error:
    /// that is not waited for.
    ///
    /// - Returns: `nil` where it still runs.
    /// - Throws: `SystemError` where it could not be started.
    package func outcome() throws(SystemError) -> Outcome? {
        var ready = [pollfd(fd: end.reading, events: Int16(POLLIN), revents: 0), errorsToPoll]
        try systemCall { poll(&ready, 2, Self.stepMilliseconds) }
        try readErrors()
        guard ready[0].revents != 0, let exitCode = try ending.read(\.self)?.get() else { return nil }
        return Outcome(exitCode: exitCode, errors: writtenErrors.withLock(\.bytes))
    }

    private var errorsToPoll: pollfd {
        pollfd(fd: writtenErrors.withLock(\.isOver) ? -1 : errors.reading, events: Int16(POLLIN), revents: 0)
    }

    /// Reads what is there of its standard error, and does not wait for more.
    private func readErrors() throws(SystemError) {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while !writtenErrors.withLock(\.isOver) {
            do throws(SystemError) {
                let count = try systemCall { Glibc.read(errors.reading, &bytes, bytes.count) }
                writtenErrors.withLock { written in
                    written.bytes += bytes[..<min(count, Self.maxErrorByteCount - written.bytes.count)]
                    written.isOver = count == 0
                }
            } catch SystemError(code: EAGAIN) {
                return
            }
        }
    }

    /// A write to a program that has gone is an error, and no signal that ends this one.
    private static func withoutBrokenPipeSignal(_ call: () -> Int) throws(SystemError) -> Int {
        var (signal, before) = (sigset_t(), sigset_t())
        sigemptyset(&signal)
        sigaddset(&signal, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signal, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        do throws(SystemError) {
            return try systemCall(call)
        } catch {
            var now = timespec()
            if error.code == EPIPE { sigtimedwait(&signal, nil, &now) }
            throw error
        }
    }

    private static func run(
        _ words: [String],
        _ input: Pipe,
        _ output: Pipe,
        _ errors: Pipe
    ) async -> Result<Int32, SystemError> {
        // The program's ends: what still has them open keeps the other side waiting.
        @Sendable func closeEnds() {
            input.closeReading()
            output.closeWriting()
            errors.closeWriting()
        }
        defer { closeEnds() }
        let program = words.first ?? ""
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .kill, allowedDurationToNextStep: .zero)]
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(executablePathOverride: program, remainingValues: Array(words.dropFirst())),
                platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: input.reading), closeAfterSpawningProcess: false),
                output: .fileDescriptor(FileDescriptor(rawValue: output.writing), closeAfterSpawningProcess: false),
                error: .fileDescriptor(FileDescriptor(rawValue: errors.writing), closeAfterSpawningProcess: false)
            ) { _ in
                closeEnds()
            }
            return .success(ChildProcess.exitCode(result.terminationStatus))
        } catch let error as SubprocessError {
            return .failure(SystemError(code: error.underlyingError?.rawValue ?? ENOENT))
        } catch {
            return .failure(SystemError(code: ECANCELED))
        }
    }
}

/// The two ends of a pipe, each closed once.
private final class Pipe: Sendable {
    let reading: Int32
    let writing: Int32
    private let isOpen = Monitor((reading: true, writing: true))

    /// - Throws: `SystemError`.
    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        try systemCall { clinux_pipe(&ends) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        closeReading()
        closeWriting()
    }

    func closeReading() {
        isOpen.change {
            if $0.reading { close(reading) }
            $0.reading = false
        }
    }

    func closeWriting() {
        isOpen.change {
            if $0.writing { close(writing) }
            $0.writing = false
        }
    }
}

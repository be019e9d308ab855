import Blocking
import CLinux
package import Files
import Glibc
import Subprocess
import SystemPackage

/// A program that reads bytes on its standard input and writes others to its standard output, both in step with one thread.
///
/// It has this process's environment and terminal: it may ask for a passphrase. It is killed with this object.
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

    private let input: Pipe
    private let output: Pipe
    private let ending = Monitor<Result<Outcome, SystemError>?>(nil)
    private let task: Task<Void, Never>

    /// - Parameter words: The program, looked for in `PATH`, and its arguments.
    /// - Throws: `SystemError` where there are no pipes; that it can't be started shows at its end.
    package init(_ words: [String]) throws(SystemError) {
        let (input, output) = (try Pipe(), try Pipe())
        // A program that reads nothing more must not stop what it writes from being read.
        _ = fcntl(input.writing, F_SETFL, O_NONBLOCK)
        (self.input, self.output) = (input, output)
        // Who waits for it may block one of the few threads that all tasks share.
        task = Task.detached(executorPreference: DedicatedThread()) { [ending] in
            let result = await Self.run(words, input, output)
            ending.change { $0 = result }
        }
    }

    deinit {
        task.cancel()
        input.closeWriting()
        output.closeReading()
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
        ]
        guard try systemCall({ poll(&ready, 2, Self.stepMilliseconds) }) > 0 else { return .waited }
        if ready[0].revents != 0 {
            return .read(try systemCall { Glibc.read(output.reading, buffer.baseAddress, buffer.count) })
        }
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

    /// Blocks until it has ended.
    ///
    /// - Throws: `SystemError` where it could not be started.
    package func outcome() throws(SystemError) -> Outcome {
        try ending.wait(until: { $0 != nil }, then: { $0 ?? .failure(SystemError(code: ECHILD)) }).get()
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

    private static func run(_ words: [String], _ input: Pipe, _ output: Pipe) async -> Result<Outcome, SystemError> {
        // The program's ends: what still has them open keeps the other side waiting.
        defer {
            input.closeReading()
            output.closeWriting()
        }
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
                error: .sequence
            ) { execution in
                input.closeReading()
                output.closeWriting()
                return try await ChildProcess.start(of: execution.standardError)
            }
            return .success(
                Outcome(exitCode: ChildProcess.exitCode(result.terminationStatus), errors: result.closureResult)
            )
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

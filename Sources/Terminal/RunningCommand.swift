import CLibEdit
import Files
import Glibc

/// A command that runs, and the thread that waits for signals meanwhile.
///
/// A thread of its own, because the main thread may be blocked in a system call, and Swift's other threads may all be
/// busy too.
@MainActor
final class RunningCommand {
    private let watch: SignalWatch
    private var thread: pthread_t?

    /// A command, and how to cancel it, from any thread.
    init(cancel: @escaping @Sendable () -> Void) {
        watch = SignalWatch(cancel: cancel)
    }

    /// Begins to take signals; no one else gets them until `stopWatching`.
    func startWatching() throws(TerminalError) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(watch)
        let error = pthread_create(&thread, nil, waitForSignals, context.toOpaque())
        guard error == 0 else {
            context.release()
            throw .cannotWatchSignals(reason: SystemError(code: error).description)
        }
        self.thread = thread
    }

    /// Returns when the thread has ended: the signals after that are for the next who asks.
    func stopWatching() {
        guard let thread else { return }
        clibedit_wake()
        pthread_join(thread, nil)
        self.thread = nil
    }
}

/// The thread's function; a closure in the class above would belong to the main actor, and trap here.
private func waitForSignals(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<SignalWatch>.fromOpaque(context).takeRetainedValue().wait()
    return nil
}

/// What the thread does.
private final class SignalWatch: Sendable {
    private let cancel: @Sendable () -> Void

    init(cancel: @escaping @Sendable () -> Void) {
        self.cancel = cancel
    }

    /// Takes signals until it is woken.
    func wait() {
        while true {
            let number = clibedit_wait_for_signal()
            if number == 0 { return }
            // Others, such as a change of the window's size, are for whoever draws next.
            guard let signal = Interrupts.Signal(rawValue: number) else { continue }
            // A closing terminal may send its hang-up twice: no reason to drop what the command still has to tidy up.
            if Interrupts.received != nil, signal != .hangUp { Self.exit(because: signal) }
            clibedit_note(number)
            cancel()
        }
    }

    private static func exit(because signal: Interrupts.Signal) -> Never {
        clibedit_restore_terminal()
        if TerminalInfo.isTerminal(STDERR_FILENO) { write(STDERR_FILENO, "\r\n", 2) }
        _exit(signal.exitCode)
    }
}

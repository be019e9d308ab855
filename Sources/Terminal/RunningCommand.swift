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

    /// Starts receiving signals; nothing else receives them until `stopWatching`.
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

    /// Returns after the thread has ended: later signals go to the next receiver.
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

/// The body of the thread.
private final class SignalWatch: Sendable {
    private let cancel: @Sendable () -> Void

    init(cancel: @escaping @Sendable () -> Void) {
        self.cancel = cancel
    }

    /// Receives signals until it is woken.
    func wait() {
        while true {
            let number = clibedit_wait_for_signal()
            if number == 0 { return }
            // Other signals, such as a new window size, matter only to the next drawing.
            guard let signal = Interrupts.Signal(rawValue: number) else { continue }
            // A closing terminal may send SIGHUP twice: the command must still be able to clean up.
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

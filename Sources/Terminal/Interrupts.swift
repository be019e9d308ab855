import CLibEdit
import Files
import Glibc

/// The signals that ask the program to stop, and who receives them.
///
/// Handlers write to one pipe with one reader at a time: the line editor while it waits for a key, and a separate
/// thread while a command runs. A signal between the two waits for the next reader. SIGPIPE and SIGXFSZ are
/// ignored, so that writes fail with an error instead; child processes inherit that, unless whoever starts them
/// restores the defaults.
package enum Interrupts {
    /// A signal that asks the program to stop.
    package enum Signal: Int32, Sendable {
        case hangUp = 1
        case interrupt = 2
        case terminate = 15

        /// The exit code for it: 129, 130 or 143.
        package var exitCode: Int32 { 128 + rawValue }
    }

    /// Installs the handlers; a second call does nothing. Signals ignored at start, as under `nohup`, stay ignored.
    package static func install() throws(TerminalError) {
        let error = clibedit_watch_signals()
        if error != 0 { throw .cannotWatchSignals(reason: SystemError(code: error).description) }
    }

    /// The signal that cancelled the last `run`, or ended the last line; `nil` if none did.
    ///
    /// An interrupt is forgotten when the next `run` begins, and Ctrl-C at the prompt does not count. SIGHUP and
    /// SIGTERM stay: the program should end.
    package static var received: Signal? {
        Signal(rawValue: clibedit_received())
    }

    @MainActor private static var running: RunningCommand?

    /// Runs a command that SIGINT, SIGTERM and SIGHUP cancel, even while it blocks the main thread.
    ///
    /// They cancel the task that calls this, and that stays cancelled: a caller that has more to do afterwards gives
    /// the command its own task. The command decides what it leaves behind. A second SIGINT or SIGTERM while it still
    /// runs ends the program at once, with the terminal as it was and the exit code of that signal. A `run` inside
    /// another is a part of it.
    @MainActor
    package static func run<Result>(
        _ operation: @MainActor () async throws -> Result
    ) async throws -> Result {
        guard running == nil else { return try await operation() }
        try install()
        clibedit_forget_interrupt()
        // Waiting for a second task would start the threads that all tasks share: a tenth of the time of a short
        // script. Any thread may cancel a task, and this one outlives the thread that does.
        nonisolated(unsafe) let task = withUnsafeCurrentTask { $0 }
        let command = RunningCommand { task?.cancel() }
        try command.startWatching()
        running = command
        defer {
            command.stopWatching()
            running = nil
        }
        return try await operation()
    }

    /// Gives the pipe to the body: a command may ask the user something.
    @MainActor
    static func withoutWatcher<Result>(_ body: () -> Result) -> Result {
        running?.stopWatching()
        defer { try? running?.startWatching() }
        return body()
    }
}

import Glibc
import Synchronization

/// Shows how far a transfer has come: on a terminal one line that is drawn over itself, elsewhere, and on a dumb one, a
/// line now and then.
///
/// Nothing is shown in the first second. It may be used from any task.
package final class ProgressLine: Sendable {
    private struct State {
        var meter: ProgressMeter
        var isShown = false
        var isFinished = false
    }

    private let label: String
    private let totalBytes: Int64?
    private let fileDescriptor: Int32
    private let redraws: Bool
    private let now: @Sendable () -> ProgressMeter.Instant
    private let state: Mutex<State>

    /// A progress line for what starts now.
    ///
    /// - Parameters:
    ///   - totalBytes: how much there is; nil where nobody knows.
    ///   - doneBytes: how much is there already, when a transfer is resumed; it does not count for the rate.
    ///   - label: what is transferred.
    ///   - fileDescriptor: where to, standard error by default.
    ///   - now: the clock.
    package init(
        totalBytes: Int64?,
        doneBytes: Int64 = 0,
        label: String,
        to fileDescriptor: Int32 = STDERR_FILENO,
        now: @escaping @Sendable () -> ProgressMeter.Instant = { .now }
    ) {
        self.totalBytes = totalBytes
        self.label = label
        self.fileDescriptor = fileDescriptor
        self.now = now
        redraws = TerminalInfo.canRedraw(fileDescriptor)
        let pace = redraws ? ProgressMeter.Pace.terminal : .log
        state = Mutex(State(meter: ProgressMeter(pace: pace, doneBytes: doneBytes, at: now())))
    }

    /// Shows what has been done, if it is time to. Cheap enough to be called for every block.
    package func update(doneBytes: Int64) {
        let now = now()
        state.withLock { state in
            guard !state.isFinished, let rate = state.meter.rate(doneBytes: doneBytes, at: now) else { return }
            // A character in the last column would make some terminals go to the next line.
            let width = redraws ? TerminalInfo.width(fileDescriptor) - 1 : .max
            let line = ProgressText.line(
                label: label,
                doneBytes: doneBytes,
                totalBytes: totalBytes,
                bytesPerSecond: rate,
                width: width
            )
            write(redraws ? "\r\(line)\u{1b}[K" : "\(line)\n")
            state.isShown = redraws
        }
    }

    /// Begins anew with so much done already, which does not count for the rate.
    package func resume(fromBytes doneBytes: Int64) {
        let pace = redraws ? ProgressMeter.Pace.terminal : .log
        let now = now()
        state.withLock { $0.meter = ProgressMeter(pace: pace, doneBytes: doneBytes, at: now) }
    }

    /// Takes the line off the terminal, so that something else can be written; the next update may show it again.
    package func erase() {
        state.withLock { erase(&$0) }
    }

    /// Takes the line off the terminal for good.
    package func finish() {
        state.withLock { state in
            erase(&state)
            state.isFinished = true
        }
    }

    private func erase(_ state: inout State) {
        guard state.isShown else { return }
        write("\r\u{1b}[K")
        state.isShown = false
    }

    /// One write, so that lines of others don't come in between. That progress can't be shown is no reason to fail.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        while Glibc.write(fileDescriptor, bytes, bytes.count) < 0, errno == EINTR { continue }
    }
}

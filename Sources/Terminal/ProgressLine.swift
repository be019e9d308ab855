import Dispatch
import Glibc
import Synchronization

/// Shows how far a transfer has come: on a terminal one line that is drawn over itself, elsewhere, and on a dumb one, a
/// line now and then.
///
/// Nothing is shown in the first second. It may be used from any task. A terminal that is stopped (Ctrl-S), or a pipe
/// without a reader, holds up `erase` and `finish`, and never `update`: a thread of its own writes, and frames that it
/// has no time for are dropped.
package final class ProgressLine: Sendable {
    private struct State {
        var meter: ProgressMeter
        /// What waits to be written: the newest frame on a terminal, all lines elsewhere.
        var frames: [String] = []
        /// Whether the thread has been asked to write them.
        var isWriting = false
        var isFinished = false
    }

    /// What stands on the terminal. It is held while something is written there, `State` never is.
    private struct Screen {
        var isShown = false
    }

    /// The lines that may wait for who reads them.
    private static let frameLimit = 100

    private let label: String
    private let totalBytes: Int64?
    private let fileDescriptor: Int32
    private let redraws: Bool
    private let now: @Sendable () -> ProgressMeter.Instant
    private let state: Mutex<State>
    private let screen = Mutex(Screen())
    private let writer = DispatchQueue(label: "snapsh.progress")

    /// A progress line for what starts now.
    ///
    /// - Parameters:
    ///   - totalBytes: how much there is; nil where that is unknown.
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
        let rate = redraws ? ProgressMeter.Rate.terminal : .log
        state = Mutex(State(meter: ProgressMeter(rate: rate, doneBytes: doneBytes, at: now())))
    }

    /// Shows what has been done, if it is time to. Cheap enough to be called for every block.
    package func update(doneBytes: Int64) {
        let now = now()
        let startsWriting = state.withLock { state in
            guard !state.isFinished, let rate = state.meter.rate(doneBytes: doneBytes, at: now) else { return false }
            // A character in the last column would make some terminals go to the next line.
            let width = redraws ? TerminalInfo.width(fileDescriptor) - 1 : .max
            let line = ProgressText.line(
                label: label,
                doneBytes: doneBytes,
                totalBytes: totalBytes,
                bytesPerSecond: rate,
                width: width
            )
            if redraws { state.frames = [] }
            if state.frames.count < Self.frameLimit { state.frames.append(redraws ? "\r\(line)\u{1b}[K" : "\(line)\n") }
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if startsWriting { writer.async { self.screen.withLock { self.writeFrames(on: &$0) } } }
    }

    /// Begins anew with so much done already, which does not count for the rate.
    package func resume(fromBytes doneBytes: Int64) {
        let rate = redraws ? ProgressMeter.Rate.terminal : .log
        let now = now()
        state.withLock { $0.meter = ProgressMeter(rate: rate, doneBytes: doneBytes, at: now) }
    }

    /// Takes the line off the terminal, so that something else can be written; the next update may show it again.
    package func erase() {
        screen.withLock { screen in
            if redraws { state.withLock { $0.frames = [] } }
            writeFrames(on: &screen)
            guard screen.isShown else { return }
            write("\r\u{1b}[K")
            screen.isShown = false
        }
    }

    /// Takes the line off the terminal for good.
    package func finish() {
        state.withLock { $0.isFinished = true }
        erase()
    }

    private func writeFrames(on screen: inout Screen) {
        let frames = state.withLock { state in
            defer { state.frames = [] }
            state.isWriting = false
            return state.frames
        }
        for frame in frames { write(frame) }
        if !frames.isEmpty { screen.isShown = redraws }
    }

    /// One write, so that lines of others don't come in between. That progress can't be shown is no reason to fail.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        while Glibc.write(fileDescriptor, bytes, bytes.count) < 0, errno == EINTR { continue }
    }
}

import Dispatch
import Glibc
import Synchronization

/// Shows the progress of a transfer: on a terminal, one line that is redrawn; elsewhere, and on a dumb terminal, a
/// line now and then.
///
/// Nothing is shown in the first second. Any task may use it. A stopped terminal (Ctrl-S), or a pipe without a
/// reader, blocks `erase` and `finish`, but never `update`: a separate thread writes, and drops frames that it has
/// no time for.
package final class ProgressLine: Sendable {
    private struct State {
        var meter: ProgressMeter
        /// What is waiting to be written: the newest frame on a terminal, all lines elsewhere.
        var frames: [String] = []
        /// Whether the thread has been asked to write them.
        var isWriting = false
        var isFinished = false
    }

    /// What is on the terminal now. Locked while writing, unlike `State`.
    private struct Screen {
        var isShown = false
    }

    /// The most lines that may wait for a slow reader.
    private static let frameLimit = 100

    private let label: String
    private let totalBytes: Int64?
    private let fileDescriptor: Int32
    private let redraws: Bool
    private let now: @Sendable () -> ProgressMeter.Instant
    private let state: Mutex<State>
    private let screen = Mutex(Screen())
    private let writer = DispatchQueue(label: "snapsh.progress")

    /// A progress line for a transfer that starts now.
    ///
    /// - Parameters:
    ///   - totalBytes: How much there is; `nil` if unknown.
    ///   - label: What is transferred.
    ///   - fileDescriptor: Where to write; standard error by default.
    ///   - now: The clock.
    package init(
        totalBytes: Int64?,
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
        state = Mutex(State(meter: ProgressMeter(rate: rate, doneBytes: 0, at: now())))
    }

    /// Shows the progress if it is time to. Cheap enough to call for every block.
    package func update(doneBytes: Int64) {
        let now = now()
        let startsWriting = state.withLock { state in
            guard !state.isFinished, let rate = state.meter.rate(doneBytes: doneBytes, at: now) else { return false }
            // A character in the last column would wrap on some terminals.
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

    /// Starts again with this much present already, which does not count for the rate.
    package func resume(fromBytes doneBytes: Int64) {
        let rate = redraws ? ProgressMeter.Rate.terminal : .log
        let now = now()
        state.withLock { $0.meter = ProgressMeter(rate: rate, doneBytes: doneBytes, at: now) }
    }

    /// Erases the line, so that something else can be written; the next update may show it again.
    package func erase() {
        screen.withLock { screen in
            if redraws { state.withLock { $0.frames = [] } }
            writeFrames(on: &screen)
            guard screen.isShown else { return }
            write("\r\u{1b}[K")
            screen.isShown = false
        }
    }

    /// Erases the line for good.
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

    /// One write, so that lines are not mixed. A failure to show progress is ignored.
    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        while Glibc.write(fileDescriptor, bytes, bytes.count) < 0, errno == EINTR { continue }
    }
}

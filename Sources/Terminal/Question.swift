import CLibEdit
import Dispatch
import Files
import Glibc
import Synchronization

/// Asks for a line at the terminal.
package enum Question {
    /// What the terminal does while a line is typed.
    private struct Modes {
        /// As they were before.
        let before: termios
        let during: termios

        /// - Throws: `TerminalError` where standard input is no terminal.
        init(showsTyped: Bool) throws {
            var before = termios()
            guard tcgetattr(STDIN_FILENO, &before) == 0 else {
                throw TerminalError.cannotReadTerminal(reason: SystemError(code: errno).description)
            }
            var during = before
            if showsTyped {
                during.c_lflag |= tcflag_t(ECHO | ICANON | ISIG)
            } else {
                // Without canonical mode: terminal lines are limited to 4 KiB, and a token may be longer.
                during.c_lflag &= ~tcflag_t(ECHO | ICANON)
            }
            self.before = before
            self.during = during
        }

        /// Drops what was typed ahead where that was not meant for what comes now.
        static func set(_ modes: termios, _ when: Int32) {
            var modes = modes
            tcsetattr(STDIN_FILENO, when, &modes)
        }
    }

    /// Reads a line from standard input; the question goes to standard error.
    ///
    /// - Parameter showsTyped: Whether the terminal shows what is typed.
    /// - Throws: `TerminalError` if standard input is not a terminal, ends, or is not text;
    ///   `CancellationError` if the task is cancelled, as by Ctrl-C.
    package static func read(_ question: String, showsTyped: Bool) async throws -> String {
        let isCancelled = Atomic(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A separate thread waits, to keep Swift's threads free.
                DispatchQueue.global().async {
                    continuation.resume(
                        with: Result { try read(question, showsTyped) { isCancelled.load(ordering: .relaxed) } }
                    )
                }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }

    private static func read(_ question: String, _ showsTyped: Bool, isCancelled: () -> Bool) throws -> String {
        let modes = try Modes(showsTyped: showsTyped)
        clibedit_begin_continued()
        Modes.set(modes.during, TCSAFLUSH)
        // Enter ends the line by itself where it is shown.
        var endsLine = true
        defer {
            Modes.set(modes.before, TCSAFLUSH)
            clibedit_end_continued()
            if endsLine { write("\n") }
        }
        let text = question.escaped { !$0.isControl }
        write(text)
        while true {
            do {
                let line = try line {
                    if isCancelled() { throw CancellationError() }
                    guard isInForeground, clibedit_was_continued() != 0 else { return false }
                    // Another program may have changed the terminal's modes in between.
                    Modes.set(modes.during, TCSADRAIN)
                    write("\r" + text)
                    return true
                }
                endsLine = !showsTyped
                return line
            } catch let error as TerminalError where showsTyped && error == TypedLine.hasControlCharacters {
                // A slip of the finger is no answer, and no end either.
                write("arrow keys and control characters can't be used here: type it again\n" + text)
            }
        }
    }

    /// - Parameter isAskedAnew: Called while it waits. A user who sees the question again types the whole answer again.
    private static func line(isAskedAnew: () throws -> Bool) throws -> String {
        var line = TypedLine()
        while true {
            if try isAskedAnew() { line = TypedLine() }
            guard isReady() else { continue }
            if let text = try line.take(try nextByte()) { return text }
        }
    }

    /// Waits for input, up to a limit.
    private static func isReady() -> Bool {
        var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        // Input belongs to whichever program has the terminal.
        guard isInForeground else { return poll(nil, 0, 100) > 0 }
        return poll(&ready, 1, 100) > 0
    }

    /// Whether this program is the terminal's foreground, as far as the terminal can say.
    private static var isInForeground: Bool {
        let group = tcgetpgrp(STDIN_FILENO)
        return group < 0 || group == getpgrp()
    }

    /// - Returns: `nil` at the end of the input.
    private static func nextByte() throws -> UInt8? {
        while true {
            var byte: UInt8 = 0
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw TerminalError.cannotReadTerminal(reason: SystemError(code: errno).description) }
            return count == 0 ? nil : byte
        }
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

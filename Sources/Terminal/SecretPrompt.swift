import Dispatch
import Glibc
import Synchronization

/// Asks for a line at the terminal, and shows nothing of it.
package enum SecretPrompt {
    /// Beyond this many bytes it is no password.
    private static let maxByteCount = 64 << 10

    /// Reads a line from standard input; the question goes to standard error.
    ///
    /// - Throws: `TerminalError` where standard input is no terminal, ends, or holds what is no text;
    ///   `CancellationError` where the task is cancelled meanwhile, as by Ctrl-C.
    package static func read(_ question: String) async throws -> String {
        let isCancelled = Atomic(false)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A thread of its own waits, so that Swift's are free.
                DispatchQueue.global().async {
                    continuation.resume(
                        with: Result { try read(question) { isCancelled.load(ordering: .relaxed) } }
                    )
                }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
    }

    private static func read(_ question: String, isCancelled: () -> Bool) throws -> String {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw TerminalError.cannotReadTerminal(reason: reason(for: errno))
        }
        var silent = before
        // Character by character: the terminal's own lines end after 4 KiB, and a token may be longer.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON)
        // What was typed ahead was not meant for this.
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            write("\n")
        }
        write(question.printable { !$0.isControl })
        return try line(isCancelled)
    }

    private static func line(_ isCancelled: () -> Bool) throws -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try nextByte(isCancelled)
            switch byte {
            case nil, 0x04: throw TerminalError.cannotReadTerminal(reason: "the input ended")
            case UInt8(ascii: "\n")?, UInt8(ascii: "\r")?: return try text(of: bytes)
            case 0x08, 0x7F: removeLastCharacter(&bytes)
            case 0x15: bytes = []
            case let byte?: bytes.append(byte)
            }
            if bytes.count > maxByteCount { throw TerminalError.cannotReadTerminal(reason: "the line is too long") }
        }
    }

    private static func nextByte(_ isCancelled: () -> Bool) throws -> UInt8? {
        var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while true {
            if isCancelled() { throw CancellationError() }
            let count = poll(&ready, 1, 100)
            if count == 0 || count < 0 && errno == EINTR { continue }
            var byte: UInt8 = 0
            let read = Glibc.read(STDIN_FILENO, &byte, 1)
            if read < 0 && errno == EINTR { continue }
            if read < 0 { throw TerminalError.cannotReadTerminal(reason: reason(for: errno)) }
            return read == 0 ? nil : byte
        }
    }

    private static func removeLastCharacter(_ bytes: inout [UInt8]) {
        while let byte = bytes.popLast(), byte & 0xC0 == 0x80 {}
    }

    private static func text(of bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: \.isControl)
        else {
            throw TerminalError.cannotReadTerminal(
                reason: "what was typed has control characters in it, as an arrow key sends them"
            )
        }
        return text
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

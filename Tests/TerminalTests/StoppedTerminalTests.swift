import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Terminal

/// A terminal of a test's own, without a program in it.
private final class BareTerminal: Sendable {
    /// TIOCSPTLCK and TIOCGPTN of Linux's asm-generic/ioctls.h, which Swift does not import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    /// Where the one who looks at the terminal reads.
    private let master: Int32
    /// Where a program writes.
    let descriptor: Int32

    init() throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        var unlock: Int32 = 0
        var number: Int32 = -1
        let isThere = ioctl(master, Self.setLock, &unlock) == 0 && ioctl(master, Self.getNumber, &number) == 0
        descriptor = isThere ? open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC) : -1
        try #require(descriptor >= 0)
    }

    deinit {
        close(descriptor)
        close(master)
    }

    /// What Ctrl-S and Ctrl-Q do.
    func stop() { tcflow(descriptor, TCOOFF) }
    func goOn() { tcflow(descriptor, TCOON) }

    /// What has been written and not read yet.
    func text() -> String {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(master, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

@Suite("Progress on a terminal that is stopped")
struct StoppedTerminalTests {
    @Test("does not hold who transfers; who writes there afterwards waits, and comes after it")
    func updates() throws {
        let terminal = try BareTerminal()
        let clock = Mutex(ContinuousClock.now)
        let line = ProgressLine(totalBytes: 1000, label: "big.db", to: terminal.descriptor) { clock.withLock(\.self) }
        terminal.stop()
        let hasUpdated = DispatchSemaphore(value: 0)
        Thread.start {
            for second in 1...1000 {
                clock.withLock { $0 += .seconds(1) }
                line.update(doneBytes: Int64(second))
                line.resume(fromBytes: Int64(second))
                clock.withLock { $0 += .seconds(10) }
            }
            line.update(doneBytes: 1000)
            hasUpdated.signal()
        }
        #expect(hasUpdated.wait(timeout: .now() + 20) == .success)

        let hasErased = DispatchSemaphore(value: 0)
        Thread.start {
            line.erase()
            hasErased.signal()
        }
        #expect(hasErased.wait(timeout: .now() + .milliseconds(200)) == .timedOut)
        #expect(terminal.text().isEmpty)
        terminal.goOn()
        // The kernel hands over what is written on a thread of its own: its end comes some time after the write.
        let deadline = ContinuousClock.now + .seconds(20)
        var seen = ""
        while !seen.hasSuffix("\r\u{1b}[K"), ContinuousClock.now < deadline {
            _ = hasErased.wait(timeout: .now() + .milliseconds(10))
            seen += terminal.text()
        }
        #expect(seen.contains("big.db") && seen.hasSuffix("\r\u{1b}[K"))
        line.finish()
        line.update(doneBytes: 1000)
        #expect(terminal.text().isEmpty)
    }
}

/// A thread of the system, which may block for as long as it wants to.
private enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "test").async(execute: body)
    }
}

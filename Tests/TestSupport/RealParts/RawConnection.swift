import Glibc

/// A connection to 127.0.0.1 whose bytes a test sees as they come.
public final class RawConnection {
    private let descriptor: Int32
    private var error: Int32 = 0

    public init(to port: UInt16) throws {
        descriptor = try Loopback.connect(to: port, timeLimit: 20)
    }

    deinit { close(descriptor) }

    /// Whether it ended with a reset.
    public var wasReset: Bool { error == ECONNRESET }

    /// Sends a request, or what else a test wants.
    public func send(_ text: String = "GET / HTTP/1.1\r\nHost: test\r\n\r\n") throws {
        guard Loopback.send(text.utf8, to: descriptor) else { throw PartFailure.system("cannot send") }
    }

    /// Says that nothing more will be sent.
    public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends a request, and reads what comes until the connection ends, or until it ends as told.
    public func ask(untilSuffix suffix: String? = nil) throws -> String {
        try send()
        return read(untilSuffix: suffix)
    }

    /// Reads what comes until the connection ends, or until it ends as told.
    public func read(untilSuffix suffix: String? = nil) -> String {
        var text = ""
        while suffix.map({ !text.hasSuffix($0) }) ?? true {
            let bytes = receive()
            guard !bytes.isEmpty else { break }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    /// Reads until that many bytes have come, or the connection ends.
    public func read(atLeast count: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let bytes = receive()
            guard !bytes.isEmpty else { break }
            all += bytes
        }
        return all
    }

    /// Whether it ends before nothing has come for a number of seconds.
    public func ends(within seconds: Double) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&poller, 1, Int32(seconds * 1000)) == 1 {
            if receive().isEmpty { return true }
        }
        return false
    }

    private func receive() -> [UInt8] {
        let received = Loopback.receive(from: descriptor)
        error = received.error
        return received.bytes
    }
}

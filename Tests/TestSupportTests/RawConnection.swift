import Glibc

@testable import TestSupport

/// A connection whose bytes a test sees as they come.
final class RawConnection {
    private let descriptor: Int32
    private var error: Int32 = 0

    init(to port: UInt16) throws {
        descriptor = try Loopback.connect(to: port, timeLimit: 20)
    }

    deinit { close(descriptor) }

    /// Whether it ended with a reset.
    var wasReset: Bool { error == ECONNRESET }

    /// Sends a request.
    func send() throws {
        guard Loopback.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n".utf8, to: descriptor) else {
            throw PartFailure.system("cannot send")
        }
    }

    /// Sends a request, and reads what comes until the connection ends, or until it ends as told.
    func ask(untilSuffix suffix: String? = nil) throws -> String {
        try send()
        var text = ""
        while suffix.map({ !text.hasSuffix($0) }) ?? true {
            let bytes = receive()
            guard !bytes.isEmpty else { break }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    /// Reads until that many bytes have come, or the connection ends.
    func read(atLeast count: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let bytes = receive()
            guard !bytes.isEmpty else { break }
            all += bytes
        }
        return all
    }

    /// Whether it ends before nothing has come for a number of seconds.
    func ends(within seconds: Double) -> Bool {
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

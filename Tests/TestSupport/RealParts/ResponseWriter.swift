import Foundation

/// Sends the fault server's answers over one connection.
struct ResponseWriter {
    let descriptor: Int32
    let isStopped: () -> Bool

    private static let maxChunk = 8192

    /// Sends one, with what goes wrong in it.
    ///
    /// - Returns: Whether the connection can take the next request.
    func send(_ response: FaultServer.Response, to request: FaultServer.Request) -> Bool {
        guard wait(response.delay), send(head(of: response, for: request)) else { return false }
        if request.method != "HEAD" {
            guard sendBody(of: response) else { return false }
        }
        switch response.ending {
        case .keepAlive:
            return request.headers["Connection"]?.lowercased() != "close"
        case .close, .repetition:
            return false
        case .reset:
            reset()
            return false
        case .stall:
            while !Loopback.receive(from: descriptor).bytes.isEmpty { continue }
            return false
        }
    }

    private func head(of response: FaultServer.Response, for request: FaultServer.Request) -> String {
        guard case .http(let status, var headers, let framing) = response.head else { return "" }
        switch framing {
        case .length: headers["Content-Length"] = "\(response.body.count)"
        case .claimedLength(let byteCount): headers["Content-Length"] = "\(byteCount)"
        case .chunks: headers["Transfer-Encoding"] = "chunked"
        case .end: headers["Connection"] = "close"
        }
        return "HTTP/1.1 \(status) As the test says\r\n\(headers.text)\r\n"
    }

    private func sendBody(of response: FaultServer.Response) -> Bool {
        guard case .http(_, _, .chunks) = response.head else {
            repeat {
                guard send(response.body) else { return false }
            } while response.ending == .repetition
            return true
        }
        repeat {
            for start in stride(from: 0, to: response.body.count, by: Self.maxChunk) {
                let chunk = response.body[start...].prefix(Self.maxChunk)
                guard send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)) else {
                    return false
                }
            }
        } while response.ending == .repetition
        return !response.isWhole || send("0\r\n\r\n")
    }

    private func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    private func send(_ bytes: [UInt8]) -> Bool { Loopback.send(bytes, to: descriptor) }

    /// - Returns: Whether there is still a server.
    private func wait(_ delay: Duration) -> Bool {
        let end = ContinuousClock.now + delay
        while !isStopped(), ContinuousClock.now < end { usleep(2000) }
        return !isStopped()
    }

    /// Resets the connection as soon as the other side has got what was sent.
    private func reset() {
        var unsent: Int32 = 1
        for _ in 0..<1000 where unsent > 0 {
            guard ioctl(descriptor, UInt(TIOCOUTQ), &unsent) == 0 else { break }
            usleep(1000)
        }
        // As a close with SO_LINGER 0 does, even where another process has the socket, too: connect(2), AF_UNSPEC.
        var nowhere = sockaddr(sa_family: sa_family_t(AF_UNSPEC), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
}

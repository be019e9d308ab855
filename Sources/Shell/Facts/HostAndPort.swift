import Blocking
import Files
import Glibc

/// `HOST:PORT`, where something may listen.
struct HostAndPort: Sendable, Equatable {
    let host: String
    let port: UInt16

    /// How long a connection may take, in milliseconds.
    private static let limit: Int32 = 5000

    /// - Parameter text: `10.0.0.1:2379`, `etcd-0:2379` or `[::1]:2379`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        let isPrintable = host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
        guard !host.isEmpty, isPrintable else { return nil }
        self.host = String(host)
        self.port = port
    }

    /// Whether something accepts a connection at one of the host's addresses.
    ///
    /// - Throws: `UnknownHost` where it has none; `CancellationError`.
    func acceptsConnections() async throws -> Bool {
        do {
            return try await BlockingWork.run(at: Place(description: "\(host):\(port)")) { try accepts() }
        } catch let error as NotAnswering {
            throw UnknownHost(host: host, reason: error.description)
        }
    }

    private func accepts() throws -> Bool {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = BlockingWork.call(.read) { getaddrinfo(host, String(port), &hints, &list) }
        guard code == 0 else { throw UnknownHost(host: host, reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        let end = ContinuousClock.now + .milliseconds(Int(Self.limit))
        var next = list
        while let address = next?.pointee {
            next = address.ai_next
            let left = (end - ContinuousClock.now).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            if milliseconds <= 0 { return false }
            if Self.connects(to: address, within: Int32(milliseconds)) { return true }
        }
        return false
    }

    private static func connects(to address: addrinfo, within milliseconds: Int32) -> Bool {
        let type = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, type, address.ai_protocol)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return true }
        guard errno == EINPROGRESS else { return false }
        var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard BlockingWork.call(.read, { poll(&item, 1, milliseconds) }) == 1 else { return false }
        var error: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &byteCount) == 0 && error == 0
    }
}

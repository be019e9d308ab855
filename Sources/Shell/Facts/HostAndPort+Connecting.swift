import Backups
import Blocking
import Glibc
import Text

extension HostAndPort {
    /// How long all of it may take: finding the host, and connecting to it.
    private static let limit = Duration.seconds(5)

    /// Finds the addresses of a host and a port.
    typealias Finding = @Sendable (HostAndPort) throws -> [SocketAddress]

    /// Whether something accepts a connection there: in a closed world at the port that stands for it, or on this
    /// machine.
    ///
    /// - Throws: `ClosedWorldError` where the world does not have it; as below.
    func acceptsConnections(in world: ClosedWorld?) async throws -> Bool {
        guard let world else { return try await acceptsConnections() }
        switch world.route(to: self) {
        case .port(let port):
            return try await HostAndPort(host: "127.0.0.1", port: UInt16(exactly: port)).acceptsConnections()
        case .refused: return false
        // What the user has started on this machine is not in the world.
        case .outside where isLoopback: return try await acceptsConnections()
        case .outside: throw ClosedWorldError(.reach, "\(self)", in: world)
        }
    }

    /// Whether something accepts a connection at one of the host's addresses.
    ///
    /// - Throws: `UnknownHost` where it has none; `CancellationError`.
    func acceptsConnections(finding find: @escaping Finding = SocketAddress.all) async throws -> Bool {
        do {
            return try await BlockingWork.run(at: Place(description: description)) {
                let end = ContinuousClock.now + Self.limit
                // A name server that does not answer is asked again and again, for half a minute: this call is given
                // up.
                let addresses = try BlockingWork.call(.lookup) { try find(self) }
                return addresses.contains { $0.accepts(until: end) }
            }
        } catch let error as NotAnswering {
            throw UnknownHost(host: host, reason: error.description)
        }
    }
}

/// Where a socket can be connected to.
struct SocketAddress: Sendable {
    private var family: Int32
    private var kind: Int32
    private var transport: Int32
    private var bytes: [UInt8]

    /// All addresses of a host and a port, which may take long.
    ///
    /// - Throws: `UnknownHost` where it has none.
    @Sendable
    static func all(of place: HostAndPort) throws -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let port: String? = place.port.map { "\($0)" }
        let code = getaddrinfo(place.host, port, &hints, &list)
        guard code == 0 else { throw UnknownHost(host: place.host, reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { item in
            guard let info = item?.pointee else { return nil }
            return SocketAddress(
                family: info.ai_family,
                kind: info.ai_socktype,
                transport: info.ai_protocol,
                bytes: Array(UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen)))
            )
        }
    }

    /// Whether something accepts a connection there in time.
    fileprivate func accepts(until end: ContinuousClock.Instant) -> Bool {
        let milliseconds = (end - .now) / .milliseconds(1)
        if milliseconds < 1 { return false }
        let descriptor = socket(family, kind | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), transport)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let isConnected = bytes.withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return connect(descriptor, address, socklen_t(bytes.count)) == 0
        }
        if isConnected { return true }
        guard errno == EINPROGRESS else { return false }
        var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard BlockingWork.call(.read, { poll(&item, 1, Int32(milliseconds)) }) == 1 else { return false }
        var error: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &byteCount) == 0 && error == 0
    }
}

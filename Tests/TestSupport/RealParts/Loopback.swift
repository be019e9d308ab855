import Glibc
import Synchronization

/// TCP on 127.0.0.1, as the tests' own servers and their client use it.
enum Loopback {
    /// A socket with a free port.
    static func bind() throws -> (descriptor: Int32, port: UInt16) { try bind(to: 0) }

    private static func bind(to port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try makeSocket()
        var address = self.address(of: port)
        guard withPointer(to: &address, { Glibc.bind(descriptor, $0, $1) }) == 0 else {
            defer { close(descriptor) }
            throw PartFailure.system("cannot bind a socket")
        }
        var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withPointer(to: &address, { pointer, _ in getsockname(descriptor, pointer, &byteCount) }) == 0 else {
            defer { close(descriptor) }
            throw PartFailure.system("cannot tell a socket's port")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// A port that is free, and that this process gives to no one else.
    ///
    /// Linux gives the ports from 32768 on to connections and to servers that ask for any port (`ip_local_port_range`),
    /// so a port from there can be gone before a server listens on it, or while a server restarts. These are lower.
    static func freePort() throws -> UInt16 {
        for _ in reservable {
            let port = nextPort.withLock { next in
                defer { next = next == reservable.upperBound ? reservable.lowerBound : next + 1 }
                return next
            }
            guard let (descriptor, _) = try? bind(to: port) else { continue }
            close(descriptor)
            return port
        }
        throw PartFailure("cannot find a free port in \(reservable)")
    }

    private static let reservable: ClosedRange<UInt16> = 12000...31999

    /// Another test process begins elsewhere.
    private static let nextPort = Mutex(UInt16.random(in: reservable))

    /// A connection to a port.
    ///
    /// - Parameter timeLimit: How long a single read or write may take, in seconds.
    static func connect(to port: UInt16, timeLimit: Int = 60) throws -> Int32 {
        let descriptor = try makeSocket()
        var time = timeval(tv_sec: timeLimit, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = self.address(of: port)
        guard withPointer(to: &address, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
            defer { close(descriptor) }
            throw PartFailure.system("cannot connect to port \(port)")
        }
        return descriptor
    }

    /// Sends all bytes.
    ///
    /// - Returns: Whether the other side took them.
    static func send(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            // Who sends to a closed connection gets a failure, not a signal.
            let count = rest.withUnsafeBytes { bytes in
                Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The bytes that came next; none where the other side ended, or where there is an error: `ECONNRESET` where it
    /// reset the connection, `EAGAIN` where it took too long.
    static func receive(from descriptor: Int32) -> (bytes: [UInt8], error: Int32) {
        var error: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            var received: Int
            repeat {
                received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                error = received < 0 ? errno : 0
            } while error == EINTR
            count = max(0, received)
        }
        return (bytes, error)
    }

    private static func makeSocket() throws -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw PartFailure.system("cannot make a socket") }
        return descriptor
    }

    private static func address(of port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return address
    }

    private static func withPointer(
        to address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

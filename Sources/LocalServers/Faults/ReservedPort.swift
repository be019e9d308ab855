import Files
import Glibc

/// A port of 127.0.0.1 that no other process gets while this object lives, although nothing may listen there.
final class ReservedPort: Sendable {
    let number: Int
    private let descriptor: Int32

    /// - Parameter number: 0 for any that is free.
    /// - Throws: `SystemError`.
    init(_ number: Int) throws(SystemError) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = try systemCall { socket(AF_INET, type, 0) }
        do throws(SystemError) {
            self.number = try Self.bind(descriptor, to: number)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// - Returns: The port.
    private static func bind(_ descriptor: Int32, to number: Int) throws(SystemError) -> Int {
        // A socket that listens may share the port with this one then (socket(7), `SO_REUSEADDR`).
        var isShared: Int32 = 1
        let sharedByteCount = socklen_t(MemoryLayout<Int32>.size)
        try systemCall { setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isShared, sharedByteCount) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = in_port_t(clamping: number).bigEndian
        var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
        try systemCall {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, byteCount) }
            }
        }
        try systemCall {
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &byteCount) }
            }
        }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}

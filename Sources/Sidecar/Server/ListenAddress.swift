/// Where a server listens.
public struct ListenAddress: Sendable, Equatable {
    /// A name or an address; an IPv6 address without brackets.
    public var host: String
    /// 0 for any that is free.
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The sidecar's port, for this machine only.
    public static let usual = ListenAddress(host: "127.0.0.1", port: 19999)

    /// Reads `HOST:PORT`, `[ADDRESS]:PORT`, or `:PORT` for all IPv4 addresses of this machine.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        let isHost = host.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._:%".utf8.contains(byte)
        }
        guard isHost else { return nil }
        self.init(host: host.isEmpty ? "0.0.0.0" : host, port: Int(port))
    }

    /// Whether only this machine reaches it.
    public var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4 || ["localhost", "::1"].contains(host)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it stands in a URL.
    public var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

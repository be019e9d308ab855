package import Text

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

    /// - Parameter address: Without a host it is all IPv4 addresses of this machine; without a port, the usual one.
    package init(_ address: HostAndPort) {
        self.init(
            host: address.host.isEmpty ? "0.0.0.0" : address.host,
            port: address.port.map(Int.init) ?? Self.usual.port
        )
    }

    /// Whether only this machine reaches it.
    public var isLoopback: Bool { HostAndPort(host: host).isLoopback }
}

extension ListenAddress: CustomStringConvertible {
    /// As it stands in a URL.
    public var description: String { "\(HostAndPort(host: host)):\(port)" }
}

package import Text

/// Where a server is: `https`, a host and a port.
package struct HTTPOrigin: Sendable, Hashable {
    /// `true` for `https`.
    package var isSecure: Bool
    /// A name in lower case, or an address; an IPv6 address in brackets.
    package var host: String
    /// Absent where it is the scheme's own, 443 or 80.
    package var port: Int?

    package init(isSecure: Bool, host: String, port: Int? = nil) {
        self.isSecure = isSecure
        self.host = host.lowercased()
        self.port = port == (isSecure ? 443 : 80) ? nil : port
    }

    /// What stands in the `Host` header: the port only where it is not the scheme's own.
    package var authority: String { host + (port.map { ":\($0)" } ?? "") }

    /// With the scheme's own port where no other is named; an IPv6 address without brackets.
    package var hostAndPort: HostAndPort {
        let host = HostAndPort(host)?.host ?? host
        return HostAndPort(host: host, port: UInt16(exactly: port ?? (isSecure ? 443 : 80)))
    }

    /// Whether its host is an address and no name.
    package var isAddress: Bool {
        host.hasPrefix("[") || host.utf8.allSatisfy { $0.isASCIIDigit || $0 == 0x2E }
    }

    /// Whether it is this machine: what is sent there crosses no network.
    package var isLoopback: Bool { HostAndPort(host)?.isLoopback ?? false }
}

extension HTTPOrigin: CustomStringConvertible {
    package var description: String { (isSecure ? "https://" : "http://") + authority }
}

/// A URL that requests are built on: an origin and a path below which everything lies.
package struct HTTPBase: Sendable, Hashable {
    package var origin: HTTPOrigin
    /// Percent-encoded as it was written; empty, or beginning with `/` and not ending in one.
    package var path: String

    package init(origin: HTTPOrigin, path: String = "") {
        self.origin = origin
        self.path = path
    }

    /// Reads `http://host:port/path` or `https://…`.
    ///
    /// - Returns: `nil` for anything else: another scheme, a user, a query, a character that no URL can have.
    package init?(_ text: String) {
        guard let end = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<end.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[end.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let server = HostAndPort(rest[..<slash]), !server.host.isEmpty, !server.host.contains("%"),
            server.port != 0
        else { return nil }
        var path = rest[slash...]
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"?#\"<>\\^`{|}".utf8.contains($0) }) else {
            return nil
        }
        while path.hasSuffix("/") { path = path.dropLast() }
        let host = HostAndPort(host: server.host).description
        let origin = HTTPOrigin(isSecure: scheme == "https", host: host, port: server.port.map(Int.init))
        self.init(origin: origin, path: String(path))
    }
}

extension HTTPBase: CustomStringConvertible {
    package var description: String { "\(origin)\(path)" }
}

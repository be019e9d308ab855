import Backups

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

    /// Whether its host is an address and no name.
    package var isAddress: Bool {
        host.hasPrefix("[") || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    }

    /// Whether it is this machine: what is sent there crosses no network.
    package var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4 || ["localhost", "[::1]"].contains(host)
    }
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
        guard let (host, port) = Self.hostAndPort(rest[..<slash]) else { return nil }
        var path = rest[slash...]
        guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"?#\"<>\\^`{|}".utf8.contains($0) }) else {
            return nil
        }
        while path.hasSuffix("/") { path = path.dropLast() }
        self.init(origin: HTTPOrigin(isSecure: scheme == "https", host: host, port: port), path: String(path))
    }

    private static func hostAndPort(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Int?
        let colon = text.lastIndex(of: ":")
        if let colon, text.first != "[" || text[colon...].firstIndex(of: "]") == nil {
            guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            host = text[..<colon]
        }
        let isIPv6 =
            host.hasPrefix("[") && host.hasSuffix("]") && host.contains(":")
            && host.dropFirst().dropLast().utf8.allSatisfy { $0.isHexadecimalDigit || $0 == 0x3A || $0 == 0x2E }
        let isName =
            !host.isEmpty
            && host.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._".utf8.contains(byte)
            }
        return isIPv6 || isName ? (String(host), port) : nil
    }
}

extension HTTPBase: CustomStringConvertible {
    package var description: String { "\(origin)\(path)" }
}

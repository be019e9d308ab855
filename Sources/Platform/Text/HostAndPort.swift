/// A host and a port, as people write them: `10.0.0.1:2379`, `etcd-0:2379`, `[::1]:2379`, `:2379`, or a host alone.
package struct HostAndPort: Sendable, Hashable {
    /// A name or an address; an IPv6 address without brackets; empty where there is none.
    package var host: String
    package var port: UInt16?

    package init(host: String, port: UInt16? = nil) {
        self.host = host
        self.port = port
    }

    /// - Returns: `nil` for anything else: a port that is no number up to 65535, an IPv6 address without brackets, a
    ///   character that no host has.
    package init?(_ text: some StringProtocol) {
        var host = text[...]
        port = nil
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy(\.isASCIIDigit), let number = UInt16(digits) else { return nil }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard Self.isIPv6(host) else { return nil }
        } else {
            guard host.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "-._".utf8.contains($0) }) else { return nil }
        }
        self.host = String(host)
    }

    /// With the interface that it holds for, where one is named: `fe80::1%eth0`.
    private static func isIPv6(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        let isInterface = parts.dropFirst().allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._".utf8.contains($0) }
        }
        return isInterface && parts[0].contains(":")
            && parts[0].utf8.allSatisfy { $0.isHexadecimalDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    }

    /// Whether the host is this machine: what is sent there crosses no network.
    package var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4 || ["localhost", "::1"].contains(host.lowercased())
    }
}

extension HostAndPort: CustomStringConvertible {
    /// As it stands in a URL: an IPv6 address in brackets.
    package var description: String { (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "") }
}

/// Which proxy the environment names for which server: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in upper or lower case.
package struct ProxyEnvironment: Sendable, Hashable {
    /// One HTTP proxy.
    package struct Proxy: Sendable, Hashable {
        package var host: String
        package var port: Int
        package var credentials: Credentials?

        package struct Credentials: Sendable, Hashable {
            package var user: String
            package var password: String
        }
    }

    private let secure: Proxy?
    private let plain: Proxy?
    /// What goes past the proxy: hosts, domains, `host:port`, or `*`.
    private let exceptions: [String]

    /// - Parameter environment: The process's environment. A lower-case name goes before the same in upper case, and
    ///   what can't be read as `http://[user:password@]host[:port]` counts as absent.
    package init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            environment[name.lowercased()] ?? environment[name]
        }
        secure = value("HTTPS_PROXY").flatMap(Proxy.init)
        plain = value("HTTP_PROXY").flatMap(Proxy.init)
        exceptions = (value("NO_PROXY") ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// The proxy for a server; never one for this machine itself.
    package func proxy(for origin: HTTPOrigin) -> Proxy? {
        guard let proxy = origin.isSecure ? secure : plain, !origin.isLoopback,
            !exceptions.contains(where: { Self.covers($0, origin) })
        else { return nil }
        return proxy
    }

    private static func covers(_ exception: String, _ origin: HTTPOrigin) -> Bool {
        var host = exception
        if let colon = exception.lastIndex(of: ":"), !exception.hasSuffix("]"),
            let port = Int(exception[exception.index(after: colon)...])
        {
            guard port == origin.port ?? (origin.isSecure ? 443 : 80) else { return false }
            host = String(exception[..<colon])
        }
        if host == "*" { return true }
        let domain = host.hasPrefix(".") ? String(host.dropFirst()) : host
        return origin.host == domain || origin.host.hasSuffix("." + domain)
    }
}

extension ProxyEnvironment.Proxy {
    fileprivate init?(_ text: String) {
        // The scheme is mostly left out.
        let url = text.contains("://") ? text : "http://" + text
        guard let start = url.firstRange(of: "://")?.upperBound else { return nil }
        var rest = url[start...]
        var credentials: Credentials?
        if let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = PercentEncoding.decode(parts[0]),
                let password = PercentEncoding.decode(parts.count > 1 ? parts[1] : "")
            else { return nil }
            credentials = Credentials(user: user, password: password)
            rest = rest[rest.index(after: at)...]
        }
        guard let base = HTTPBase(String(url[..<start]) + rest) else { return nil }
        self.init(
            host: base.origin.host,
            port: base.origin.port ?? (base.origin.isSecure ? 443 : 80),
            credentials: credentials
        )
    }
}

import Text

/// A proxy that is spoken to in plain HTTP, whatever goes through it.
package struct HTTPProxy: Sendable, Hashable {
    package var host: String
    package var port: Int
    package var credentials: Login?
    /// The variable of the environment that names it.
    package var variable: String?

    package struct Login: Sendable, Hashable, SecretKeeping {
        package var user: String
        package var password: String

        package var description: String { "user and password of a proxy" }
    }

    /// Reads `http://[user:password@]host[:port]`; the scheme may be left out.
    package init(_ text: String) throws(ProxyError.Reason) {
        let url = text.contains("://") ? text : "http://" + text
        guard let start = url.firstRange(of: "://")?.upperBound else { throw .unreadable }
        let scheme = url[..<start].dropLast(3).lowercased()
        if scheme != "http" { throw .kind(scheme) }
        var rest = url[start...]
        if let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = PercentEncoding.decode(parts[0]),
                let password = PercentEncoding.decode(parts.count > 1 ? parts[1] : "")
            else { throw .unreadable }
            credentials = Login(user: user, password: password)
            rest = rest[rest.index(after: at)...]
        }
        guard let base = HTTPBase("http://" + rest) else { throw .unreadable }
        host = base.origin.host
        port = base.origin.port ?? 80
    }
}

import Text

/// What a request is for: its path and the parameters behind it (RFC 9112, section 3.2).
package struct RequestTarget: Sendable, Equatable {
    /// Not decoded.
    package var path: String
    /// The first value of each name, decoded as in a form.
    package var parameters: [String: String] = [:]

    /// - Parameter text: As it was sent; a server's address before the path is left out, which proxies send.
    package init(_ text: String) {
        var rest = text[...]
        if !rest.hasPrefix("/"), let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...].drop { $0 != "/" }
        }
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map { $0.isEmpty ? "/" : String($0) } ?? "/"
        guard parts.count > 1 else { return }
        for pair in parts[1].split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (name, value) = (Self.decoded(halves[0]), halves.count > 1 ? Self.decoded(halves[1]) : "")
            if parameters[name] == nil { parameters[name] = value }
        }
    }

    /// What is no UTF-8 stays as it is.
    private static func decoded(_ text: Substring) -> String {
        PercentEncoding.decode(text, plusIsSpace: true) ?? String(text)
    }
}

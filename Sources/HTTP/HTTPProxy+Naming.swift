import Text

extension HTTPProxy {
    /// How sentences name it, without its password: `the proxy http://proxy:3128 (HTTPS_PROXY)`.
    var name: String {
        "the proxy \(HTTPOrigin(isSecure: false, host: host, port: port))" + (variable.map { " (\($0))" } ?? "")
    }
}

extension HTTPHead {
    /// Who else may have sent it, as the end of a sentence; empty where only the server can.
    package var otherSender: String { proxy.map { ", perhaps from \($0)" } ?? "" }
}

extension HTTPError {
    /// The same failure where a request went through a proxy: what the proxy did is not the server's doing.
    func through(_ proxy: HTTPProxy?, whileConnecting isConnecting: Bool) -> HTTPError {
        guard let proxy, isConnecting else { return self }
        func failure(_ origin: HTTPOrigin, _ reason: String) -> HTTPError {
            .proxy(origin, name: proxy.name, variable: proxy.variable, reason: reason)
        }
        switch self {
        case .refused(let origin): return failure(origin, "refuses connections")
        case .cannotConnect(let origin, let reason): return failure(origin, "made no connection: \(reason)")
        case .proxyLogin(let origin): return failure(origin, "wants a user name and a password, or other ones")
        case .proxyRefusal(let origin): return failure(origin, "refuses to connect to it")
        // A server that speaks no TLS is not to be told from what a proxy sends in its place.
        case .withoutTLS(let origin): return failure(origin, "answers in its place, without TLS")
        default: return self
        }
    }
}

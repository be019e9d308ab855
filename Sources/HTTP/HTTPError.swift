import Text

/// Why a request got no response, or half of one.
package enum HTTPError: Error, Equatable {
    /// The name has no address.
    case cannotResolve(host: String)
    case refused(HTTPOrigin)
    /// No connection stood in time.
    case cannotConnect(HTTPOrigin, reason: String)
    /// No authority that is known here vouches for its certificate, or not any more.
    case untrusted(HTTPOrigin)
    /// Its certificate is for another name.
    case misnamed(HTTPOrigin)
    /// What answered there does not speak TLS.
    case withoutTLS(HTTPOrigin)
    /// It wants TLS, and was spoken to without.
    case withTLS(HTTPOrigin)
    /// What answered does not speak HTTP.
    case notHTTP(HTTPOrigin)
    /// The proxy on the way wants a user name and a password, or other ones.
    case proxyLogin(HTTPOrigin)
    /// The proxy on the way makes no connection to it.
    case proxyRefusal(HTTPOrigin)
    /// The proxy on the way is what failed.
    case proxy(HTTPOrigin, name: String, variable: String?, reason: String)
    /// A connection stood, and nothing came over it for so long.
    case silent(HTTPOrigin, seconds: Int)
    /// It will not be otherwise the next time: a proxy that refuses, what is no HTTP, a request that can't be sent.
    case impossible(HTTPOrigin, reason: String)
    /// The connection broke off before the response was whole.
    case broken(HTTPOrigin, reason: String)
    /// The response is longer than any that is meant.
    case tooLong(HTTPOrigin, byteCount: Int)

    /// Whether the same request may fare better in a moment.
    package var isTransient: Bool {
        switch self {
        case .silent, .broken, .cannotConnect: true
        case .cannotResolve, .refused, .untrusted, .misnamed, .withoutTLS, .withTLS, .notHTTP, .impossible, .tooLong:
            false
        case .proxyLogin, .proxyRefusal, .proxy: false
        }
    }
}

extension HTTPError: CustomStringConvertible {
    /// The second half of a sentence: `connection refused by http://127.0.0.1:9`.
    package var description: String {
        switch self {
        case .cannotResolve(let host): "the host name \(host.printable) can't be resolved"
        case .refused(let origin): "\(origin) refuses connections"
        case .cannotConnect(let origin, let reason): "no connection to \(origin): \(reason)"
        case .untrusted(let origin):
            "\(origin) can't be trusted: its certificate is expired, or no trusted authority signed it"
        case .misnamed(let origin): "\(origin) can't be trusted: its certificate is for another name"
        case .withoutTLS(let origin): "\(origin) does not speak TLS"
        case .withTLS(let origin): "\(origin) speaks TLS"
        case .notHTTP(let origin): "no response from \(origin): its response is not HTTP"
        case .proxyLogin(let origin): "no way to \(origin): the proxy wants a user name and a password, or other ones"
        case .proxyRefusal(let origin): "no way to \(origin): the proxy refuses to connect to it"
        case .proxy(let origin, let name, _, let reason): "no way to \(origin): \(name.printable) \(reason)"
        case .silent(let origin, let seconds): "\(origin) sent nothing for \(seconds) s"
        case .impossible(let origin, let reason): "no response from \(origin): \(reason)"
        case .broken(let origin, let reason): "\(origin) broke off: \(reason)"
        case .tooLong(let origin, let byteCount): "\(origin) answered with more than \(byteCount.byteCountText)"
        }
    }
}

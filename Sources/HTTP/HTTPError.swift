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
        case .cannotResolve, .refused, .untrusted, .misnamed, .withoutTLS, .impossible, .tooLong: false
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
        case .silent(let origin, let seconds): "\(origin) sent nothing for \(seconds) s"
        case .impossible(let origin, let reason): "no response from \(origin): \(reason)"
        case .broken(let origin, let reason): "\(origin) broke off: \(reason)"
        case .tooLong(let origin, let byteCount): "\(origin) answered with more than \(byteCount.byteCountText)"
        }
    }
}

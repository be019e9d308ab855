package import Backups
import Text

/// A proxy of the environment that can't be used. Its value is not shown: it may hold a password.
package struct ProxyError: UserError, Equatable {
    /// The variable that names it: `HTTPS_PROXY`.
    package var variable: String
    package var reason: Reason

    package enum Reason: Error, Equatable {
        /// It is spoken to in a way that is not known here: `socks5`, `https`.
        case kind(String)
        case unreadable
    }

    package var code: String { "http.proxy" }

    package var category: ErrorCategory { .unreachable }

    package var description: String {
        let reason =
            switch reason {
            case .kind(let scheme): "'\(scheme.printable)://' proxies are not supported"
            case .unreadable: "it is not written as http://user:password@host:port"
            }
        return "cannot use the proxy that \(variable) names: \(reason)"
    }

    package var nextStep: NextStep? { "name a proxy with http:// there, or the server in NO_PROXY to go past it" }
}

import Backups
import Shell
import SidecarServer
import Text

/// An invalid setting of `serve`.
enum ServingError: UserError, Hinting {
    case notAddress(String)
    case unreadableToken(path: String, reason: String)
    case weakToken(path: String)

    var code: String {
        switch self {
        case .notAddress: "server.not-an-address"
        case .unreadableToken, .weakToken: "server.token"
        }
    }

    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .notAddress(let text): "cannot listen on '\(text.printable)': it is not an address with a port"
        case .unreadableToken(let path, let reason): "cannot read the token in \(path.printable): \(reason)"
        case .weakToken(let path):
            "cannot use the token in \(path.printable): its first line is not \(Token.leastCount) characters or more without blanks"
        }
    }

    var hint: NextStep? {
        switch self {
        case .notAddress: "write it as 127.0.0.1:19999"
        case .unreadableToken, .weakToken: "make one: head -c 24 /dev/urandom | base64 > FILE"
        }
    }
}

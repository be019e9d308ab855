import Backups
import Shell
import SidecarServer
import Text

/// An invalid setting of `serve`.
enum ServingError: UserError, Hinting {
    case unreadableToken(path: String, reason: String)
    case weakToken(path: String)

    var code: String {
        switch self {
        case .unreadableToken, .weakToken: "server.token"
        }
    }

    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .unreadableToken(let path, let reason): "cannot read the token in \(path.printable): \(reason)"
        case .weakToken(let path):
            "cannot use the token in \(path.printable): its first line is not \(Token.leastCount) characters or more without blanks"
        }
    }

    var hint: NextStep? {
        switch self {
        case .unreadableToken, .weakToken: "make one: head -c 24 /dev/urandom | base64 > FILE"
        }
    }
}

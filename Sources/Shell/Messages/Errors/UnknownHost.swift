import Backups
import Text

/// A host that has no address.
struct UnknownHost: UserError {
    var host: String
    var reason: String

    var code: String { "port.unknown-host" }
    var category: ErrorCategory { .unreachable }
    var description: String { "cannot find the host \(host.printable): \(reason.printable)" }
}

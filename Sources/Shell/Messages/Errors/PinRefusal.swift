import Backups
import Text

/// Why a runbook's choices can't be fixed.
enum PinRefusal: UserError, Equatable {
    /// The backup that a command takes is not known in a dry run.
    case unknownPick(String, DryRunState.Cause?, FailureMessage.Place)
    /// The backup's name has characters that no script can have.
    case unwritableName(String, FailureMessage.Place)
    /// A script that picks a backup is included in a chain with `||`.
    case includedInChain(FailureMessage.Place)
    /// The runbook would be wrong: what the check says of it.
    case unusable(String)

    var code: String { "pin.refused" }
    var category: ErrorCategory { .failed }

    var description: String {
        switch self {
        case .unknownPick(let command, let cause, let place):
            "cannot pin \(place): which backup '\(command)' takes is \(cause?.sentence ?? "not known in a dry run")"
        case .unwritableName(let name, let place):
            "cannot pin \(place): the name \(name.printable) has characters that a script can't have"
        case .includedInChain(let place):
            "cannot pin \(place): the script that it includes picks a backup, and '||' stands in the same chain"
        case .unusable(let reason): "cannot write a runbook with these choices: \(reason)"
        }
    }

    var nextStep: NextStep? {
        switch self {
        case .unknownPick(_, .newBackup?, _):
            "leave out --fresh to pin the newest backup that exists now; or run it, and then 'record FILE --pinned'"
        case .unknownPick: "pick a backup that is there; or run it, and then 'record FILE --pinned'"
        case .includedInChain: "put 'source' on a separate line: where it fails, the script ends there"
        case .unwritableName, .unusable: nil
        }
    }
}

import Backups
import Text

/// Why a backup could not be picked or made where another one is picked already, and stays so.
struct KeptPick: UserError, Hinting {
    let reason: any UserError
    /// The name of the backup that stays picked.
    let name: String

    var code: String { reason.code }
    var category: ErrorCategory { reason.category }
    var description: String { "\(reason); the pick stays \(name.printable)" }
    var nextStep: NextStep? { reason.nextStep }
    var tried: [String] { reason.tried }
    var hint: NextStep? { (reason as? any Hinting)?.hint }

    /// The error itself where nothing is picked.
    static func keeping(_ pick: Backup?, _ error: any UserError) -> any UserError {
        pick.map { KeptPick(reason: error, name: $0.name) } ?? error
    }
}

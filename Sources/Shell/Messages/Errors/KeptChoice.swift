import Backups
import Text

/// Why nothing new could be chosen where something is chosen already, and stays so.
struct KeptChoice: UserError, Hinting {
    let reason: any UserError
    /// What stays chosen, as the end of a sentence: `the pick stays 3.4.23_000000000000000f_etcd.backup`.
    let remainder: String

    var code: String { reason.code }
    var category: ErrorCategory { reason.category }
    var description: String { "\(reason); \(remainder)" }
    var nextStep: NextStep? { reason.nextStep }
    var tried: [String] { reason.tried }
    var hint: NextStep? { (reason as? any Hinting)?.hint }

    /// The error itself where nothing is chosen.
    ///
    /// - Parameter remainder: What stays chosen.
    static func keeping(_ remainder: String?, _ error: any UserError) -> any UserError {
        remainder.map { KeptChoice(reason: error, remainder: $0) } ?? error
    }
}

extension Session {
    /// What stays picked, as a `KeptChoice` says it.
    var keptPick: String? { pick.map { "the pick stays \($0.name.printable)" } }

    /// Chooses something; where that fails, the error says what stays chosen.
    ///
    /// - Parameter remainder: What is chosen before, as `KeptChoice` has it; `nil` where nothing is.
    /// - Throws: `KeptChoice`, and what `choose` throws.
    func choosing(keeping remainder: String?, _ choose: () async throws -> Void) async throws {
        do {
            try await choose()
        } catch let error as any UserError {
            throw KeptChoice.keeping(remainder, error)
        }
    }
}

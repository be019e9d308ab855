package import Backups
import Text

/// No provider gave credentials.
package struct CredentialError: UserError, Equatable {
    /// A provider that was asked, and why it gave none.
    package struct Attempt: Sendable, Equatable {
        package var provider: String
        package var reason: String
    }

    /// In the order in which they were asked.
    package var attempts: [Attempt]
    /// Whether the last of them is configured and does not work.
    package var isBroken: Bool
    package var nextStep: NextStep?

    package var code: String { "aws.no-credentials" }

    package var category: ErrorCategory { .unreachable }

    package var description: String {
        if isBroken, let last = attempts.last {
            "cannot get AWS credentials: \(last.provider.printable) does not work"
        } else {
            "cannot get AWS credentials: there are none in any of the usual places"
        }
    }

    package var tried: [String] { attempts.map(\.line) }

    /// The same in half a sentence: what is broken, or why there is none anywhere.
    var reasons: String {
        (isBroken ? attempts.suffix(1) : attempts).map(\.line).joined(separator: "; ")
    }
}

extension CredentialError.Attempt {
    fileprivate var line: String { "\(provider.printable): \(reason.printable)" }
}

package import Backups

/// One of the places that AWS credentials can come from.
package protocol CredentialProvider: Sendable {
    /// What errors and `use` call it: `the environment`, `profile 'prod' in ~/.aws/credentials`.
    var name: String { get }

    /// Asks for credentials, anew at each call: keeping them is not its business.
    ///
    /// - Returns: Credentials that may have expired already.
    /// - Throws: `ProviderError`, a `UserError` of the settings or of what they name, and `CancellationError`.
    func credentials() async throws -> Credentials
}

/// Why a provider gives no credentials. Neither case has a secret in it.
package enum ProviderError: Error, Equatable {
    /// It is not configured here: the next one is asked.
    case absent(String)
    /// It is configured and does not work: no other provider is asked, because its credentials may belong to another
    /// account.
    case broken(String, nextStep: NextStep? = nil)
}

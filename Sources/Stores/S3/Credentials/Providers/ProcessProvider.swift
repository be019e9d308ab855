import Files
import Processes

/// A program that a profile names (`credential_process`) and that prints credentials in JSON.
///
/// The command is split into words as a shell does it; no shell is run. Once there is one, whatever goes wrong ends the
/// chain. Its arguments and what it prints are never shown; what it writes as errors is, without what looks secret.
struct ProcessProvider: CredentialProvider {
    let profileName: String
    let configuration: AWSConfiguration
    let context: ProviderContext

    var name: String { "the credential_process of profile '\(profileName)'" }

    func credentials() async throws -> Credentials {
        guard let command = configuration.files.settings(of: profileName)?["credential_process"] else {
            throw ProviderError.absent("profile '\(profileName)' has no credential_process")
        }
        guard let words = ShellWords.split(command), let program = words.first else {
            throw ProviderError.broken("it has a quote that is not closed")
        }
        let timeLimit = context.processTimeLimit
        let outcome: ChildProcess.Outcome?
        do {
            outcome = try await ChildProcess.run(words, environment: configuration.environment, timeLimit: timeLimit)
        } catch let error as SystemError {
            throw ProviderError.broken("cannot run \(program): \(error)")
        }
        guard let outcome else {
            throw ProviderError.broken("\(program) took longer than \(timeLimit.components.seconds) s")
        }
        guard outcome.exitCode == 0 else {
            let errors = String(decoding: outcome.errors, as: UTF8.self).withoutSecrets
            throw ProviderError.broken(
                "\(program) ended with exit code \(outcome.exitCode)" + (errors.isEmpty ? "" : ": \(errors)")
            )
        }
        let document = try CredentialDocument(outcome.output, from: program)
        guard document.version == 1 else {
            throw ProviderError.broken("\(program) printed no credentials of Version 1")
        }
        return try document.credentials(from: program)
    }
}

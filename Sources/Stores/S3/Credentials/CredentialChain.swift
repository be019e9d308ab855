import Backups
package import FoundationEssentials
import HTTP
import Text

/// The providers of AWS credentials, in the order of the AWS CLI.
package struct CredentialChain: Sendable {
    private let providers: [any CredentialProvider]
    private let now: @Sendable () -> Date

    package init(providers: [any CredentialProvider], now: @escaping @Sendable () -> Date) {
        self.providers = providers
        self.now = now
    }

    /// The environment, the profile, the container, the instance. Where a setting names a profile, the keys and the
    /// web identity in the environment are left out; where `AWS_PROFILE` does, they are not.
    package init(_ configuration: AWSConfiguration, context: ProviderContext) {
        let name = configuration.profileName
        let readsEnvironment = !configuration.isProfileExplicit
        var providers: [any CredentialProvider] = []
        if readsEnvironment { providers.append(EnvironmentProvider(environment: configuration.environment)) }
        providers.append(AssumeRoleProvider(profileName: name, configuration: configuration, context: context))
        providers += Self.providers(
            ofProfile: name,
            readingEnvironment: readsEnvironment,
            configuration: configuration,
            context: context
        )
        providers.append(ContainerProvider(configuration: configuration, context: context))
        providers.append(InstanceMetadataProvider(configuration: configuration, context: context))
        self.init(providers: providers, now: { context.clock.now })
    }

    /// Those of one profile, but for its role.
    static func providers(
        ofProfile name: String,
        readingEnvironment: Bool,
        configuration: AWSConfiguration,
        context: ProviderContext
    ) -> [any CredentialProvider] {
        let files = configuration.files
        return [
            WebIdentityProvider(
                profileName: name,
                readsEnvironment: readingEnvironment,
                configuration: configuration,
                context: context
            ),
            SSOProvider(profileName: name, configuration: configuration, context: context),
            ProfileKeysProvider(
                profileName: name,
                settings: files.credentials[.profile(name)],
                fileName: files.credentialsName
            ),
            ProcessProvider(profileName: name, configuration: configuration, context: context),
            ProfileKeysProvider(
                profileName: name,
                settings: files.config[.profile(name)],
                fileName: files.configName
            ),
        ]
    }

    private static let otherCredentials: NextStep = "correct it, or name other credentials with \(setting: "profile")"

    /// The credentials of the first provider that has any.
    ///
    /// - Throws: `CredentialError` where none has, and where one is configured and does not work or gives what has
    ///   expired; `CancellationError`.
    package func resolve() async throws -> FoundCredentials {
        var attempts: [CredentialError.Attempt] = []
        for provider in providers {
            do {
                let credentials = try await provider.credentials()
                if !credentials.canBeSent {
                    throw ProviderError.broken(
                        "its key ID or its token holds a blank, a line end or another odd character"
                    )
                }
                if let expiration = credentials.expiration, expiration <= now() {
                    throw ProviderError.broken("its credentials expired at \(InternetTime.text(of: expiration))")
                }
                return FoundCredentials(credentials: credentials, provider: provider.name.printable)
            } catch ProviderError.absent(let reason) {
                attempts.append(.init(provider: provider.name, reason: reason))
            } catch ProviderError.broken(let reason, let nextStep) {
                attempts.append(.init(provider: provider.name, reason: reason))
                throw CredentialError(attempts: attempts, isBroken: true, nextStep: nextStep ?? Self.otherCredentials)
            } catch let error as any UserError {
                attempts.append(.init(provider: provider.name, reason: error.description))
                throw CredentialError(attempts: attempts, isBroken: true, nextStep: error.nextStep)
            }
        }
        throw CredentialError(
            attempts: attempts,
            isBroken: false,
            nextStep:
                "export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY before snapsh starts, or name a profile with \(setting: "profile")"
        )
    }
}

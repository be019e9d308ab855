import Backups
import HTTP
import Text

/// A role of a profile (`role_arn`), taken on with the credentials of another profile or provider (STS AssumeRole):
/// `source_profile` or `credential_source`, `role_session_name`, `external_id`, `duration_seconds`.
///
/// Once there is a role, whatever goes wrong ends the chain.
struct AssumeRoleProvider: CredentialProvider {
    let profileName: String
    let configuration: AWSConfiguration
    let context: ProviderContext
    /// The profiles whose roles are assumed with this one's, one after the other.
    var dependents: [String] = []

    var name: String { "the role of profile '\(profileName)'" }

    func credentials() async throws -> Credentials {
        guard let profile = configuration.files.settings(of: profileName), let role = profile.assumedRole else {
            throw ProviderError.absent("profile '\(profileName)' has no role_arn")
        }
        if profile["mfa_serial"] != nil {
            throw ProviderError.broken(
                "it needs a code of an MFA device (mfa_serial), and snapsh does not ask for one",
                nextStep:
                    "set them before snapsh starts: eval \"$(aws configure export-credentials --profile \(profileName.printable) --format env)\""
            )
        }
        let service = SecurityTokenService(configuration: configuration, context: context)
        return try await service.credentials(
            "AssumeRole",
            [
                "RoleArn": role,
                "RoleSessionName": profile["role_session_name"] ?? service.defaultSessionName,
                "ExternalId": profile["external_id"],
                "DurationSeconds": profile["duration_seconds"],
            ],
            signedBy: try await sourceCredentials(profile)
        )
    }

    private func sourceCredentials(_ profile: AWSSettings) async throws -> Credentials {
        let providers: [any CredentialProvider]
        switch (profile["source_profile"], profile["credential_source"]) {
        case (let source?, nil): providers = try sourceProviders(profile: source)
        case (nil, let source?): providers = [try sourceProvider(source)]
        case (nil, nil): throw ProviderError.broken("it has neither source_profile nor credential_source")
        case (_?, _?): throw ProviderError.broken("it has both source_profile and credential_source")
        }
        do {
            let chain = CredentialChain(providers: providers, now: { context.clock.now })
            return try await chain.resolve().credentials
        } catch let error as CredentialError {
            throw ProviderError.broken(
                "its source gives no credentials (\(error.reasons))",
                nextStep: error.isBroken ? error.nextStep : nil
            )
        }
    }

    private func sourceProvider(_ source: String) throws(ProviderError) -> any CredentialProvider {
        switch source {
        case "Environment": EnvironmentProvider(environment: configuration.environment)
        case "EcsContainer": ContainerProvider(configuration: configuration, context: context)
        case "Ec2InstanceMetadata": InstanceMetadataProvider(configuration: configuration, context: context)
        default:
            throw .broken(
                "its credential_source is none of Environment, EcsContainer, Ec2InstanceMetadata"
            )
        }
    }

    /// A profile with keys gives those even where it has a role, so that a profile can be the source of its own role.
    private func sourceProviders(profile source: String) throws(ProviderError) -> [any CredentialProvider] {
        guard let settings = configuration.files.settings(of: source) else {
            throw .broken("its source_profile '\(source)' is in neither of the AWS files")
        }
        let hasKeys = settings["aws_access_key_id"] != nil || settings["aws_secret_access_key"] != nil
        guard !hasKeys, settings.assumedRole != nil else {
            return CredentialChain.providers(
                ofProfile: source,
                readingEnvironment: false,
                configuration: configuration,
                context: context
            )
        }
        let path = dependents + [profileName]
        guard !path.contains(source) else {
            throw .broken("its source_profile leads back to itself: \((path + [source]).joined(separator: ", "))")
        }
        return [
            AssumeRoleProvider(profileName: source, configuration: configuration, context: context, dependents: path)
        ]
    }
}

extension AWSSettings {
    /// A role that needs other credentials; one with a token in a file is web identity's.
    fileprivate var assumedRole: String? { self["web_identity_token_file"] == nil ? self["role_arn"] : nil }
}

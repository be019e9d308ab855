/// A role that is taken on with a token in a file, as pods on EKS have it (STS AssumeRoleWithWebIdentity):
/// `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and `AWS_ROLE_SESSION_NAME`, or the same in a profile.
///
/// Once a token's file is named, whatever goes wrong ends the chain.
struct WebIdentityProvider: CredentialProvider {
    let profileName: String
    /// Whether the environment is meant, too, and goes before the profile.
    let readsEnvironment: Bool
    let configuration: AWSConfiguration
    let context: ProviderContext

    var name: String { readsEnvironment ? "web identity" : "web identity of profile '\(profileName)'" }

    func credentials() async throws -> Credentials {
        guard let fileName = value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else {
            throw ProviderError.absent(
                (readsEnvironment ? "AWS_WEB_IDENTITY_TOKEN_FILE is not set, and " : "")
                    + "profile '\(profileName)' has no web_identity_token_file"
            )
        }
        guard let role = value("AWS_ROLE_ARN", "role_arn") else {
            throw ProviderError.broken("there is a token in \(fileName), but no AWS_ROLE_ARN or role_arn to assume")
        }
        // Read each time: it is replaced long before it expires.
        let token = try await TokenFile.token(in: fileName, home: configuration.home)
        let service = SecurityTokenService(configuration: configuration, context: context)
        return try await service.credentials(
            "AssumeRoleWithWebIdentity",
            [
                "RoleArn": role,
                "RoleSessionName": value("AWS_ROLE_SESSION_NAME", "role_session_name") ?? service.defaultSessionName,
                "WebIdentityToken": token,
            ]
        )
    }

    private func value(_ variable: String, _ setting: String) -> String? {
        (readsEnvironment ? configuration.environment[variable] : nil)
            ?? configuration.files.settings(of: profileName)?[setting]
    }
}

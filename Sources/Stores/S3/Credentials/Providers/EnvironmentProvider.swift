import Text

/// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, with `AWS_SECURITY_TOKEN` or `AWS_SESSION_TOKEN` and
/// `AWS_CREDENTIAL_EXPIRATION`.
///
/// One key without the other is an error that ends the chain.
struct EnvironmentProvider: CredentialProvider {
    let environment: [String: String]

    var name: String { "the environment" }

    func credentials() throws -> Credentials {
        let expiration = environment["AWS_CREDENTIAL_EXPIRATION"]
        let date = expiration.flatMap(InternetTime.date)
        guard expiration == nil || date != nil else {
            throw ProviderError.broken("AWS_CREDENTIAL_EXPIRATION is not a time such as 2026-01-31T08:15:00Z")
        }
        return try Credentials(
            keys: { environment[$0] },
            named: ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            // In this order in the AWS CLI.
            token: environment["AWS_SECURITY_TOKEN"] ?? environment["AWS_SESSION_TOKEN"],
            expiration: date
        )
    }
}

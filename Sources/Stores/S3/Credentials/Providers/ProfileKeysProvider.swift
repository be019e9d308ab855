import FoundationEssentials

/// The keys that stand in a profile of one of the AWS tools' two files.
///
/// One key without the other is an error that ends the chain.
struct ProfileKeysProvider: CredentialProvider {
    let profileName: String
    /// What that one file says of the profile.
    let settings: AWSSettings?
    /// `~/.aws/credentials`
    let fileName: String

    var name: String { "profile '\(profileName)' in \(fileName)" }

    func credentials() throws -> Credentials {
        guard let settings else { throw ProviderError.absent("there is no such profile") }
        return try Credentials(
            keys: { settings[$0] },
            named: ("aws_access_key_id", "aws_secret_access_key"),
            token: settings["aws_security_token"] ?? settings["aws_session_token"]
        )
    }
}

extension Credentials {
    /// A pair of keys that must both be there.
    init(
        keys: (String) -> String?,
        named names: (accessKeyID: String, secretAccessKey: String),
        token: String?,
        expiration: Date? = nil
    ) throws(ProviderError) {
        switch (keys(names.accessKeyID), keys(names.secretAccessKey)) {
        case (let accessKeyID?, let secretAccessKey?):
            self.init(
                accessKeyID: accessKeyID,
                secretAccessKey: secretAccessKey,
                sessionToken: token,
                expiration: expiration
            )
        case (nil, nil): throw .absent("\(names.accessKeyID) is not set")
        case (nil, _): throw .broken("\(names.secretAccessKey) is set and \(names.accessKeyID) is not")
        case (_, nil): throw .broken("\(names.accessKeyID) is set and \(names.secretAccessKey) is not")
        }
    }
}

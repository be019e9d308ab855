/// The two files of the AWS tools.
struct AWSFiles: Sendable {
    let config: AWSProfileFile
    let credentials: AWSProfileFile
    /// As messages name it: `~/.aws/config`.
    let configName: String
    let credentialsName: String

    /// Reads both from where `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` say they are, or from `.aws` in the
    /// home folder. One that is missing is empty.
    init(environment: [String: String], home: String?) throws(AWSConfigurationError) {
        configName = environment["AWS_CONFIG_FILE"] ?? "~/.aws/config"
        credentialsName = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials"
        config = try Self.read(configName, .config, home: home)
        credentials = try Self.read(credentialsName, .credentials, home: home)
    }

    var profileNames: Set<String> { config.profileNames.union(credentials.profileNames) }

    /// What both say of a profile; on a clash the credentials file wins. `nil` where neither has it.
    func settings(of profile: String) -> AWSSettings? {
        guard var settings = config[.profile(profile)] else { return credentials[.profile(profile)] }
        if let others = credentials[.profile(profile)] { settings.merge(others) }
        return settings
    }

    private static func read(
        _ name: String,
        _ kind: AWSProfileFile.Kind,
        home: String?
    ) throws(AWSConfigurationError) -> AWSProfileFile {
        guard let path = SmallFile.path(name, home: home) else { return AWSProfileFile() }
        let text: String?
        do {
            text = try SmallFile.text(of: path)
        } catch {
            throw .unreadable(path: name, reason: error.reason)
        }
        do {
            return try text.map { text throws(AWSProfileFileError) in try AWSProfileFile(text, kind: kind) }
                ?? AWSProfileFile()
        } catch {
            throw .broken(path: name, line: error.line, reason: error.reason)
        }
    }
}

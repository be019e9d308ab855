import Blocking

extension AWSConfiguration {
    /// Reads the files, which may lie in a home folder that a server has.
    ///
    /// - Throws: `AWSConfigurationError`, also where the files' folder does not answer, and `CancellationError`.
    static func read(environment: [String: String], home: String?, profile: String?) async throws -> AWSConfiguration {
        let name = environment["AWS_CONFIG_FILE"] ?? "~/.aws/config"
        let path = SmallFile.path(name, home: home) ?? name
        do {
            return try await BlockingWork.smallFile(at: path) {
                try AWSConfiguration(environment: environment, home: home, profile: profile)
            }
        } catch let error as NotAnswering {
            throw AWSConfigurationError.unreadable(path: name, reason: error.description)
        }
    }
}

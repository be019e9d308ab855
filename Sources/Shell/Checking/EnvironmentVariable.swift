import Language
import Text

/// A variable of the environment that a line would set, as other shells do: `export AWS_PROFILE=prod`.
struct EnvironmentVariable {
    private let name: String
    private let value: String

    /// `nil` where a line sets none that sources read.
    init?(setBy command: Command) {
        let words = command.leadingWords
        let text = ["export", "setenv", "env"].contains(words[0]) ? words.dropFirst().first : words[0]
        guard let assignment = text.flatMap(Assignment.init), Self.isRead(assignment.name) else { return nil }
        (name, value) = (assignment.name, assignment.value)
    }

    private static func isRead(_ name: String) -> Bool {
        name.hasPrefix("AWS_")
            || ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"].contains(name.uppercased())
    }

    /// The options of `use s3` that say the same.
    private static let options = [
        "AWS_PROFILE": "profile", "AWS_REGION": "region", "AWS_DEFAULT_REGION": "region",
        "AWS_ENDPOINT_URL": "endpoint",
        "AWS_ENDPOINT_URL_S3": "endpoint", "AWS_CA_BUNDLE": "ca-file",
    ]

    /// What is said to the line. Only a value that is no secret is shown.
    func reply(isTyped: Bool) -> ForeignWord.Reply {
        let option = Self.options[name].map { "use s3 BUCKET --\($0) \(Word.shown(value))" }
        let outside = "\(isTyped ? "'exit', and " : "")in the system's shell: export \(name)=VALUE"
        return ForeignWord.Reply(
            message: "the environment is that of the start: no command changes it",
            hint: option.map { "write: \($0)" } ?? outside,
            isOfLanguage: true
        )
    }
}

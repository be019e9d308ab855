package import FoundationEssentials
import Text

/// What requests to AWS are signed with.
package struct Credentials: Sendable, Equatable, SecretKeeping {
    package var accessKeyID: String
    package var secretAccessKey: String
    /// Comes with keys that hold for a while only.
    package var sessionToken: String?
    /// When they expire; `nil` where that is unknown.
    package var expiration: Date?

    package init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        expiration: Date? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }

    /// Whether what is sent of it is made of visible ASCII characters, as header fields want it: an environment file
    /// with the line ends of another system leaves others.
    var canBeSent: Bool {
        [accessKeyID, sessionToken ?? ""].allSatisfy { text in
            text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
    }

    /// Whether a key begins and ends with a quote: the AWS tools take it as it stands in their files, too.
    var isQuoted: Bool {
        [accessKeyID, secretAccessKey].contains { key in
            guard key.utf8.count > 1, let first = key.utf8.first else { return false }
            return "\"'".utf8.contains(first) && key.utf8.last == first
        }
    }

    package var description: String {
        "AWS credentials" + (expiration.map { " until \(InternetTime.text(of: $0))" } ?? "")
    }
}

/// Credentials, and who gave them.
package struct FoundCredentials: Sendable, Equatable {
    package var credentials: Credentials
    /// What `use` calls their provider: `profile 'prod' in ~/.aws/credentials`.
    package var provider: String

    package init(credentials: Credentials, provider: String) {
        self.credentials = credentials
        self.provider = provider
    }
}

import Blocking
import Crypto
import FoundationEssentials
import Glibc
import Text

/// What `aws sso login` left in `~/.aws/sso/cache`: the right to ask for a role's credentials.
struct SSOToken: Codable {
    var accessToken: String
    var expiresAt: String
    var refreshToken: String?
    var clientId: String?
    var clientSecret: String?
    var registrationExpiresAt: String?
    var startUrl: String?
    var region: String?

    /// - Parameter key: The session's name, or the start URL of a profile without a session.
    static func path(key: String, home: String) -> String {
        let digits = Insecure.SHA1.hash(data: Array(key.utf8)).hexadecimal
        return "\(home)/.aws/sso/cache/\(digits).json"
    }

    /// - Returns: `nil` where there is none, or none that can be read.
    static func read(_ path: String) async -> SSOToken? {
        guard let text = try? await BlockingWork.smallFile(at: path, { try SmallFile.text(of: path) }) else {
            return nil
        }
        return try? JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    func isValid(at date: Date) -> Bool {
        InternetTime.date(expiresAt).map { $0 > date } ?? false
    }

    /// Keeps it for the AWS tools, too, readable by its owner only: a refresh token holds for one use. That it can't be
    /// kept must not stop a recovery, for the token at hand is good.
    func save(to path: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return }
        let temporary = "\(path).snapsh-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let count = data.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        if count != data.count || rename(temporary, path) != 0 { unlink(temporary) }
    }
}

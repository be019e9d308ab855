import FoundationEssentials
import Text

/// Credentials in JSON, as a process, a container's endpoint and the metadata of an instance give them.
struct CredentialDocument: Decodable {
    /// Of a process: 1.
    var version: Int?
    /// Of the metadata: `Success`, or why there are none.
    var code: String?
    var message: String?
    private var accessKeyID: String?
    private var secretAccessKey: String?
    private var sessionToken: String?
    private var token: String?
    private var expiration: String?

    private enum CodingKeys: String, CodingKey {
        case version = "Version"
        case code = "Code"
        case message = "Message"
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case sessionToken = "SessionToken"
        case token = "Token"
        case expiration = "Expiration"
    }

    /// - Parameter source: Who gave it, at the beginning of a sentence.
    /// - Throws: `ProviderError`, which does not quote what it can't read: there may be a secret in it.
    init(_ bytes: [UInt8], from source: String) throws(ProviderError) {
        guard let document = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            throw .broken("\(source) returned no credentials in JSON")
        }
        self = document
    }

    func credentials(from source: String) throws(ProviderError) -> Credentials {
        guard let accessKeyID, let secretAccessKey, !accessKeyID.isEmpty, !secretAccessKey.isEmpty else {
            throw .broken("\(source) returned no AccessKeyId or no SecretAccessKey")
        }
        let date = expiration.flatMap(InternetTime.date)
        guard expiration == nil || date != nil else {
            throw .broken("\(source) returned an Expiration that is not a time")
        }
        return Credentials(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            sessionToken: sessionToken ?? token,
            expiration: date
        )
    }
}

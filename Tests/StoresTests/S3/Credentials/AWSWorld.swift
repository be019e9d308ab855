import Foundation
import HTTP
import Synchronization
import TestSupport
import Testing
import Text

@testable import S3Store

/// A home folder, an environment, a clock and a server that answers by a script: all that providers see.
final class AWSWorld: Sendable {
    let folder: TemporaryFolder
    private let steps: Mutex<[Step]>
    private let sent = Mutex<[SentRequest]>([])

    enum Step: Sendable {
        case answer(Int, String, date: String? = nil)
        case failure(HTTPError)
    }

    /// 2026-01-31T08:00:00Z
    static let now = Date(timeIntervalSince1970: 1_769_846_400)

    convenience init(config: String? = nil, credentials: String? = nil, _ steps: Step...) throws {
        try self.init(config: config, credentials: credentials, steps)
    }

    init(config: String? = nil, credentials: String? = nil, _ steps: [Step]) throws {
        folder = try TemporaryFolder()
        self.steps = Mutex(steps)
        if let config { try folder.write(config.utf8, to: ".aws/config") }
        if let credentials { try folder.write(credentials.utf8, to: ".aws/credentials") }
    }

    /// The requests that were sent.
    var requests: [SentRequest] { sent.withLock { $0 } }

    /// Shows `now` until an answer sets it right.
    let clock = ServerClock({ now }, report: { _ in })

    var context: ProviderContext {
        ProviderContext(
            exchange: { request in
                self.sent.withLock { $0.append(SentRequest(request: request)) }
                switch self.steps.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                case .answer(let status, let body, let date)?:
                    let head = HTTPHead(status: status, headers: date.map { [HTTPField("Date", $0)] } ?? [])
                    return HTTPResponse(head, body: Array(body.utf8))
                case .failure(let error)?: throw error
                case nil: throw HTTPError.refused(request.origin)
                }
            },
            clock: clock,
            pause: { _ in }
        )
    }

    func configuration(_ environment: [String: String] = [:], profile: String? = nil) throws -> AWSConfiguration {
        // Programs that profiles name are looked for where they are.
        let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
        return try AWSConfiguration(
            environment: environment.merging(path) { $1 },
            home: folder.path,
            profile: profile
        )
    }

    func chain(_ environment: [String: String] = [:], profile: String? = nil) throws -> CredentialChain {
        CredentialChain(try configuration(environment, profile: profile), context: context)
    }

    /// What the whole chain finds.
    func resolve(_ environment: [String: String] = [:], profile: String? = nil) async throws -> FoundCredentials {
        try await chain(environment, profile: profile).resolve()
    }

    /// What the whole chain fails with; its text has none of the secrets of these tests.
    func failure(
        _ environment: [String: String] = [:],
        profile: String? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws -> CredentialError {
        let chain = try chain(environment, profile: profile)
        let error = try await #require(throws: CredentialError.self, sourceLocation: location) {
            try await chain.resolve()
        }
        let text = "\(error) \(error.nextStep.map { "\($0)" } ?? "")".replacing("AWS_SECRET_ACCESS_KEY", with: "")
        #expect(!text.contains("SECRET"), sourceLocation: location)
        return error
    }
}

extension CredentialError {
    /// Why the last provider that was asked gave nothing.
    var last: String { attempts.last?.reason ?? "" }
}

/// A request, as tests look at it.
@dynamicMemberLookup
struct SentRequest: Sendable {
    let request: HTTPRequest

    subscript<Value>(dynamicMember path: KeyPath<HTTPRequest, Value>) -> Value { request[keyPath: path] }

    func header(_ name: String) -> String? { HTTPHead(status: 0, headers: request.headers)[name] }

    var text: String { String(decoding: request.body, as: UTF8.self) }

    /// The fields of a form, decoded.
    var form: [String: String] {
        let fields = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(uniqueKeysWithValues: fields.map { ($0[0], PercentEncoding.decode($0[1]) ?? "") })
    }
}

/// What STS answers.
enum STSResponse {
    static func credentials(
        _ action: String,
        expiration: String = "2026-01-31T09:00:00Z",
        date: String? = nil
    ) -> AWSWorld.Step {
        .answer(
            200,
            """
            <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><Credentials>
            <AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>roleSECRET</SecretAccessKey>
            <SessionToken>tokenSECRET</SessionToken><Expiration>\(expiration)</Expiration>
            </Credentials></\(action)Result></\(action)Response>
            """,
            date: date
        )
    }

    static func error(_ status: Int, _ code: String, _ message: String, date: String? = nil) -> AWSWorld.Step {
        .answer(
            status,
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>\(code)</Code><Message>\(message)</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """,
            date: date
        )
    }

    /// The credentials in it.
    static let role = Credentials(
        accessKeyID: "ASIAROLE",
        secretAccessKey: "roleSECRET",
        sessionToken: "tokenSECRET",
        expiration: AWSWorld.now.addingTimeInterval(3600)
    )
}

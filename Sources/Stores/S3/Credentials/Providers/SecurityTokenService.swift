import FoundationEssentials
import HTTP
import Text

/// AWS's Security Token Service: credentials of a role, for a while.
struct SecurityTokenService: Sendable {
    let configuration: AWSConfiguration
    let context: ProviderContext

    /// - Parameters:
    ///   - action: `AssumeRole`
    ///   - parameters: Its own; those that are `nil` are left out.
    ///   - signer: The credentials that sign the request; `nil` where the action needs no signature.
    /// - Throws: `ProviderError`, `AWSConfigurationError` and `CancellationError`.
    func credentials(
        _ action: String,
        _ parameters: KeyValuePairs<String, String?>,
        signedBy signer: Credentials? = nil
    ) async throws -> Credentials {
        let endpoint = try endpoint()
        let form =
            [("Action", action), ("Version", "2011-06-15")]
            + parameters.compactMap { name, value in
                value.map { (name, $0) }
            }
        let body = form.map { "\($0)=\(PercentEncoding.encode($1, keepsSlash: false))" }.joined(separator: "&")
        let request = HTTPRequest(
            .post,
            endpoint.origin,
            target: endpoint.path + "/",
            headers: [HTTPField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(body.utf8)
        )
        let date = context.clock.now
        var response = try await send(request, signedBy: signer, at: date)
        if let serverDate = response.head.date {
            // What it answers with ends by its own clock.
            context.clock.setRight(by: serverDate)
            if signer != nil, response.status != 200, ServerClock.isOff(date, from: serverDate) {
                response = try await send(request, signedBy: signer, at: context.clock.now)
            }
        }
        return try Self.credentials(in: response, from: endpoint)
    }

    private func send(_ request: HTTPRequest, signedBy signer: Credentials?, at date: Date) async throws -> HTTPResponse
    {
        var request = request
        if let signer { request.headers = signedHeaders(of: request, by: signer, at: date) }
        // Who proves an identity to it may be slow to answer it.
        return try await context.response(to: request) { response in
            response.status == 429 || response.status >= 500 || response.text.contains("<Code>IDPCommunicationError<")
        }
    }

    private func endpoint() throws(AWSConfigurationError) -> HTTPBase {
        let prefix = configuration.usesFIPSEndpoint ? "sts-fips" : "sts"
        if let region = configuration.region {
            return try configuration.regionalEndpoint(of: "sts", prefix: prefix, region: region)
        }
        return try configuration.endpoint(of: "sts")
            ?? HTTPBase(origin: HTTPOrigin(isSecure: true, host: "sts.amazonaws.com"))
    }

    private func signedHeaders(of request: HTTPRequest, by signer: Credentials, at date: Date) -> [HTTPField] {
        SignatureV4(
            accessKeyID: signer.accessKeyID,
            secretAccessKey: signer.secretAccessKey,
            sessionToken: signer.sessionToken,
            // The endpoint without a region is signed for as in us-east-1.
            region: configuration.region ?? "us-east-1",
            service: "sts"
        ).signedHeaders(
            of: request,
            payloadHash: SignatureV4.payloadHash(of: request.body),
            date: date
        )
    }

    private static func credentials(in response: HTTPResponse, from endpoint: HTTPBase) throws(ProviderError)
        -> Credentials
    {
        var texts: [String: String] = [:]
        // What is no XML has none of the texts that are looked for.
        try? XMLReader.read(response.body) { path, text in texts[path.suffix(2).joined(separator: "/")] = text }
        guard response.status == 200 else {
            guard let code = texts["Error/Code"] else {
                throw .broken("\(endpoint) answered with status \(response.status)")
            }
            throw .broken("\(endpoint) refuses: \("\(code): \(texts["Error/Message"] ?? "")".withoutSecrets)")
        }
        guard let accessKeyID = texts["Credentials/AccessKeyId"],
            let secretAccessKey = texts["Credentials/SecretAccessKey"],
            let sessionToken = texts["Credentials/SessionToken"],
            let expiration = texts["Credentials/Expiration"].flatMap(InternetTime.date)
        else { throw .broken("\(endpoint) returned no credentials") }
        return Credentials(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            sessionToken: sessionToken,
            expiration: expiration
        )
    }

    /// The name of a session in AWS's logs where the profile gives none.
    var defaultSessionName: String { "snapsh-\(Int(context.clock.now.timeIntervalSince1970))" }
}

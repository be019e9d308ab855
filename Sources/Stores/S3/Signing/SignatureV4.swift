import Crypto
package import FoundationEssentials
package import HTTP

/// AWS Signature Version 4 in the `Authorization` header: a pure function of a request, keys and a time.
///
/// Source: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version
/// 4)".
package struct SignatureV4: Sendable {
    package var accessKeyID: String
    package var secretAccessKey: String
    package var sessionToken: String?
    /// `eu-west-1`
    package var region: String
    /// `s3`, `sts`
    package var service: String

    package init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        region: String,
        service: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.region = region
        self.service = service
    }

    /// The SHA-256 of nothing, as hexadecimal digits.
    package static let emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// The SHA-256 of a body, as hexadecimal digits.
    package static func payloadHash(of body: [UInt8]) -> String {
        body.isEmpty ? emptyPayloadHash : SHA256.hash(data: body).hexadecimal
    }

    /// Header fields that are never signed, in lower case: proxies and front ends rewrite them.
    private static let unsignedHeaders: Set = ["authorization", "accept-encoding", "user-agent", "content-length"]

    /// The header fields that make a request signed: its own and, behind them, `X-Amz-Date`, the session token and
    /// `Authorization`.
    ///
    /// - Parameters:
    ///   - request: All of its header fields are signed but `Accept-Encoding` and `User-Agent`, and so is `Host`.
    ///   - payloadHash: The SHA-256 of the body as hexadecimal digits. S3 wants it as `x-amz-content-sha256`, too,
    ///     which is for the caller to add to the request first.
    ///   - date: When the request is sent, by the server's clock: 15 minutes off are too many.
    package func signedHeaders(of request: HTTPRequest, payloadHash: String, date: Date) -> [HTTPField] {
        let time = Self.timestamp(date)
        var headers = request.headers
        headers.append(HTTPField("X-Amz-Date", time))
        if let sessionToken { headers.append(HTTPField("X-Amz-Security-Token", sessionToken)) }
        let canonical = Self.canonicalRequest(
            method: request.method.rawValue,
            target: request.target,
            headers: headers + [HTTPField("Host", request.origin.authority)],
            payloadHash: payloadHash
        )
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope(time)),"
            + "SignedHeaders=\(canonical.signedHeaders),Signature=\(signature(of: canonical.text, time: time))"
        return headers + [HTTPField("Authorization", authorization)]
    }

    /// The request in the form that is signed, and the names of the signed headers joined by `;`.
    ///
    /// - Parameter target: The path is signed as it stands: S3 encodes it once and folds nothing. The query's
    ///   parameters are sorted, and one without a value gets `=`.
    package static func canonicalRequest(
        method: String,
        target: String,
        headers: [HTTPField],
        payloadHash: String
    ) -> (text: String, signedHeaders: String) {
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        let query = target[mark...].dropFirst().split(separator: "&").map { parameter in
            parameter.contains("=") ? String(parameter) : parameter + "="
        }
        // By encoded name, then by value: '=' sorts behind some characters that a name can have.
        let sortedQuery = query.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
            .sorted { a, b in
                a[0] == b[0]
                    ? a[1].utf8.lexicographicallyPrecedes(b[1].utf8) : a[0].utf8.lexicographicallyPrecedes(b[0].utf8)
            }
            .map { $0.joined(separator: "=") }

        var values: [String: [String]] = [:]
        for header in headers where !unsignedHeaders.contains(header.name.lowercased()) {
            values[header.name.lowercased(), default: []].append(trimmed(header.value))
        }
        let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let signedHeaders = names.joined(separator: ";")
        let lines =
            [method, String(target[..<mark]), sortedQuery.joined(separator: "&")]
            + names.map { "\($0):\(values[$0, default: []].joined(separator: ","))" }
            + ["", signedHeaders, payloadHash]
        return (lines.joined(separator: "\n"), signedHeaders)
    }

    /// What is signed in the end: the algorithm, the time, the scope, and the SHA-256 of the canonical request.
    package func stringToSign(of canonicalRequest: String, time: String) -> String {
        [
            "AWS4-HMAC-SHA256", time, scope(time), SHA256.hash(data: Array(canonicalRequest.utf8)).hexadecimal,
        ].joined(separator: "\n")
    }

    /// The signature of a canonical request, as hexadecimal digits.
    ///
    /// - Parameter time: As `timestamp` writes it.
    package func signature(of canonicalRequest: String, time: String) -> String {
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [String(time.prefix(8)), region, service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        let text = Array(stringToSign(of: canonicalRequest, time: time).utf8)
        return HMAC<SHA256>.authenticationCode(for: text, using: key).hexadecimal
    }

    private func scope(_ time: String) -> String { "\(time.prefix(8))/\(region)/\(service)/aws4_request" }

    /// A time as signatures have it: `20130524T000000Z`.
    package static func timestamp(_ date: Date) -> String {
        date.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
    }

    /// Without blanks around it, and with one where there are several inside.
    private static func trimmed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

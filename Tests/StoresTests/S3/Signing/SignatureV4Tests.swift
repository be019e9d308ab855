import Foundation
import TestSupport
import Testing
import Text

@testable import HTTP
@testable import S3Store

@Suite("Signature V4")
struct SignatureV4Tests {
    /// The examples of the Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring
    /// Payload in a Single Chunk", those that only read.
    private struct Example {
        var target: String
        var headers: [HTTPField]
        var signature: String
    }

    private static let examples = [
        Example(
            target: "/test.txt",
            headers: [HTTPField("Range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            target: "/?lifecycle",
            headers: [],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            target: "/?max-keys=2&prefix=J",
            headers: [],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
        // The order of the parameters makes no difference.
        Example(
            target: "/?prefix=J&max-keys=2",
            headers: [],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    @Test("is that of the examples in the API reference", arguments: examples.indices)
    func reference(index: Int) throws {
        let example = Self.examples[index]
        let signer = SignatureV4(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
            service: "s3"
        )
        let request = HTTPRequest(
            .get,
            HTTPOrigin(isSecure: true, host: "examplebucket.s3.amazonaws.com"),
            target: example.target,
            headers: example.headers + [HTTPField("x-amz-content-sha256", SignatureV4.emptyPayloadHash)]
        )
        let date = try #require(InternetTime.date("2013-05-24T00:00:00Z"))
        let signed = signer.signedHeaders(of: request, payloadHash: SignatureV4.emptyPayloadHash, date: date)
        let authorization = try #require(signed.last { $0.name == "Authorization" }).value
        #expect(authorization.hasSuffix("Signature=" + example.signature))
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            )
        )
    }

    /// One of AWS's vectors, as its folder has it.
    private struct Vector {
        struct Context: Decodable {
            struct Keys: Decodable {
                var accessKeyId: String
                var secretAccessKey: String
                var token: String?
            }
            var credentials: Keys
            var region: String
            var service: String
            var timestamp: String
        }

        var context: Context
        var target: String
        var headers: [HTTPField]
        var canonicalRequest: String
        var stringToSign: String
        var signature: String

        init(_ folder: String) throws {
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            }
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            context = try decoder.decode(Context.self, from: Data(text("context.json").utf8))
            canonicalRequest = try text("header-canonical-request.txt")
            stringToSign = try text("header-string-to-sign.txt")
            signature = try text("header-signature.txt").trimmingCharacters(in: .whitespacesAndNewlines)
            let lines = try text("request.txt").split(separator: "\n", omittingEmptySubsequences: false)
            let line = try #require(lines.first)
            let written = line.dropFirst("GET ".count).dropLast(" HTTP/1.1".count)
            let mark = written.firstIndex(of: "?") ?? written.endIndex
            // Targets are written raw there: decoded, and encoded once.
            let path = try #require(PercentEncoding.decode(written[..<mark]))
            let query = written[mark...].dropFirst().split(separator: "&").map { parameter in
                parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                    PercentEncoding.encode(PercentEncoding.decode($0) ?? "", keepsSlash: false)
                }.joined(separator: "=")
            }
            target =
                PercentEncoding.encode(path, keepsSlash: true)
                + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
            headers = []
            for line in lines.dropFirst() where !line.isEmpty {
                if line.first == " ", var last = headers.popLast() {
                    // A value that goes on in the next line.
                    last.value += " " + line
                    headers.append(last)
                } else if let colon = line.firstIndex(of: ":") {
                    headers.append(HTTPField(String(line[..<colon]), String(line[line.index(after: colon)...])))
                }
            }
            headers.append(HTTPField("X-Amz-Date", context.timestamp.filter { $0 != "-" && $0 != ":" }))
            if let token = context.credentials.token { headers.append(HTTPField("X-Amz-Security-Token", token)) }
        }
    }

    @Test("is that of AWS's own vectors, step by step", arguments: try Fixture.paths(in: "sigv4/get", atLeast: 21))
    func vectors(folder: String) throws {
        let vector = try Vector(folder)
        let signer = SignatureV4(
            accessKeyID: vector.context.credentials.accessKeyId,
            secretAccessKey: vector.context.credentials.secretAccessKey,
            sessionToken: vector.context.credentials.token,
            region: vector.context.region,
            service: vector.context.service
        )
        let canonical = SignatureV4.canonicalRequest(
            method: "GET",
            target: vector.target,
            headers: vector.headers,
            payloadHash: SignatureV4.emptyPayloadHash
        )
        let time = vector.context.timestamp.filter { $0 != "-" && $0 != ":" }
        #expect(canonical.text == vector.canonicalRequest)
        #expect(signer.stringToSign(of: canonical.text, time: time) == vector.stringToSign)
        #expect(signer.signature(of: canonical.text, time: time) == vector.signature)
    }
}

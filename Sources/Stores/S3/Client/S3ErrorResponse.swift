import FoundationEssentials
import HTTP
import Text

/// A response that is not what was asked for, as far as it says why.
struct S3ErrorResponse: Sendable {
    var status: Int
    /// S3's word for it: `NoSuchKey`; `nil` where the response is not S3's, or has no body, as to HEAD.
    var code: String?
    var message: String?
    /// Where the bucket is.
    var region: String?
    /// The class of an archived object.
    var storageClass: String?
    /// The server's time.
    var date: Date?
    /// How long to leave it alone.
    var retryAfter: Duration?
    /// Where it sends us.
    var location: String?
    /// Whether it has a body that is no error of S3.
    var isForeign = false
    /// Who else may have sent it, as the end of a sentence.
    var otherSender = ""

    /// Source: Amazon S3 API Reference, "Error Responses", REST Error Responses.
    init(_ head: HTTPHead, body: [UInt8]) {
        status = head.status
        otherSender = head.otherSender
        var fields: [String: String] = [:]
        do {
            if !body.isEmpty {
                try XMLReader.read(body) { path, text in
                    if path.count == 2, path[0] == "Error" { fields[path[1]] = text }
                }
            }
        } catch {
            fields = [:]
        }
        code = fields["Code"]
        message = fields["Message"]
        storageClass = fields["StorageClass"]
        isForeign = !body.isEmpty && code == nil
        location = fields["Endpoint"] ?? head["Location"]
        let named = head["x-amz-bucket-region"] ?? fields["Region"]
        region = named.flatMap { Self.isRegion($0) ? $0 : nil } ?? location.flatMap(Self.region)
        date = head.date
        retryAfter = head["Retry-After"].flatMap { Int($0) }.map { .seconds(min(max($0, 0), 60)) }
    }

    /// Whether the bucket is elsewhere.
    var isOfRegion: Bool {
        [301, 307].contains(status) || status == 400 && code == nil && !isForeign
            || ["AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException"].contains(
                code
            )
    }

    var isOfExpiry: Bool { ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"].contains(code) }

    /// Whether the same call may fare better in a moment.
    var isTransient: Bool {
        if let code {
            let codes: Set = [
                "SlowDown", "RequestTimeout", "RequestTimeoutException", "Throttling", "ThrottlingException",
                "ThrottledException", "TooManyRequests", "TooManyRequestsException", "RequestLimitExceeded",
                "BandwidthLimitExceeded", "PriorRequestNotComplete", "InternalError", "ServiceUnavailable",
            ]
            if codes.contains(code) { return true }
        }
        return [429, 500, 502, 503, 504].contains(status)
    }

    /// What becomes a part of a host's name must be no more than that.
    private static func isRegion(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x7A).contains($0) || $0 == 0x2D }
    }

    /// The region in a host's name of AWS: `bucket.s3.eu-west-1.amazonaws.com`, `s3-eu-west-1.amazonaws.com`.
    private static func region(inHostOf location: String) -> String? {
        let host = HTTPBase(location)?.origin.host ?? location.lowercased()
        guard let match = host.firstMatch(of: /(?:^|\.)s3[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/) else {
            return nil
        }
        return String(match.1)
    }
}

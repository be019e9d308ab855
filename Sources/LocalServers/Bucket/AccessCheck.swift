import FoundationEssentials
import NIOHTTP1
import Text

/// Whose requests a bucket answers. Signatures are not checked: their key and their time are.
struct AccessCheck: Sendable {
    /// The one key that is known; every request is answered where it is `nil`, also one that is not signed.
    let accessKeyID: String?

    /// What is signed longer ago, or later, is refused (Amazon S3 API Reference, "Error responses",
    /// `RequestTimeTooSkewed`).
    private static let maxOffset: TimeInterval = 15 * 60

    /// - Parameter now: The server's time.
    /// - Throws: `BucketFailure` where the request is refused.
    func check(_ headers: HTTPHeaders, now: Date) throws(BucketFailure) {
        guard let authorization = headers.first(name: "Authorization") else {
            if accessKeyID != nil { throw .anonymous }
            return
        }
        if let accessKeyID, !authorization.contains("Credential=\(accessKeyID)/") { throw .unknownAccessKey }
        guard let date = Self.date(headers) else { throw .undated }
        if abs(date.timeIntervalSince(now)) > Self.maxOffset { throw .skewed }
    }

    private static func date(_ headers: HTTPHeaders) -> Date? {
        headers.first(name: "X-Amz-Date").map(signingDate) ?? headers.first(name: "Date").flatMap(HTTPDate.date)
    }

    /// Reads `20260131T081500Z`.
    private static func signingDate(_ text: String) -> Date? {
        guard let match = text.wholeMatch(of: /([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z/) else {
            return nil
        }
        return InternetTime.date("\(match.1)-\(match.2)-\(match.3)T\(match.4):\(match.5):\(match.6)Z")
    }
}

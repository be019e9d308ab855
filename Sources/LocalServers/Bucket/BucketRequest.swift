import HTTPTypes
import Text

/// What a request asks of a bucket, in path style: `/BUCKET/KEY?QUERY`.
enum BucketRequest: Sendable, Equatable {
    case bucket(String)
    case list(bucket: String, ListQuery)
    case object(bucket: String, key: String, version: String?)

    /// - Parameter target: The path and the query, as they were sent.
    /// - Throws: `BucketFailure` where the request is none of these.
    init(_ method: HTTPRequest.Method, target: String) throws(BucketFailure) {
        guard method == .get || method == .head else { throw .readsOnly }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].drop { $0 == "/" }.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = path.first.flatMap({ PercentEncoding.decode($0) }), !bucket.isEmpty else {
            throw .notImplemented("a listing of buckets")
        }
        let parameters = try Self.parameters(parts.count > 1 ? parts[1] : "")
        guard path.count > 1, !path[1].isEmpty else {
            self = method == .head ? .bucket(bucket) : .list(bucket: bucket, try ListQuery(parameters))
            return
        }
        guard let key = PercentEncoding.decode(path[1]) else { throw .invalid("the key") }
        self = .object(bucket: bucket, key: key, version: parameters["versionId"])
    }

    private static func parameters(_ query: Substring) throws(BucketFailure) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0], plusIsSpace: true),
                let value = PercentEncoding.decode(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
            else { throw .invalid("the query") }
            parameters[name] = value
        }
        return parameters
    }
}

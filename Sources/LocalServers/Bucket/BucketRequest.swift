import HTTPServing
import NIOHTTP1
import Text

/// What a request asks of a bucket, in path style: `/BUCKET/KEY?QUERY`.
enum BucketRequest: Sendable, Equatable {
    case bucket(String)
    case list(bucket: String, ListQuery)
    case object(bucket: String, key: String, version: String?)

    /// - Throws: `BucketFailure` where the request is none of these.
    init(_ method: HTTPMethod, _ target: RequestTarget) throws(BucketFailure) {
        guard method == .GET || method == .HEAD else { throw .readsOnly }
        let path = target.path.drop { $0 == "/" }.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = path.first.flatMap({ PercentEncoding.decode($0) }), !bucket.isEmpty else {
            throw .notImplemented("a listing of buckets")
        }
        guard path.count > 1, !path[1].isEmpty else {
            self = method == .HEAD ? .bucket(bucket) : .list(bucket: bucket, try ListQuery(target.parameters))
            return
        }
        guard let key = PercentEncoding.decode(path[1]) else { throw .invalid("the key") }
        self = .object(bucket: bucket, key: key, version: target.parameters["versionId"])
    }
}

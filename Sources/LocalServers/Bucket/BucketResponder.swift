import Backups
import FoundationEssentials
import HTTPServing
import NIOHTTP1
import Text

/// Responds to the requests of S3's API that read (Amazon S3 API Reference).
struct BucketResponder: Sendable {
    /// What each bucket holds.
    let buckets: [String: any Store]
    let region: String
    let access: AccessCheck

    /// - Parameter now: The server's time.
    func response(to request: HTTPRequestHead, now: Date) async throws -> BucketResponse {
        do {
            try access.check(request.headers, now: now)
            switch try BucketRequest(request.method, RequestTarget(request.uri)) {
            case .bucket(let name):
                _ = try store(name)
                return BucketResponse(regionHeaders)
            case .list(let name, let query):
                let page = try await store(name).page(query.request)
                var response = BucketResponse(ListingDocument.of(page, bucket: name, query))
                response.headers.add(contentsOf: regionHeaders)
                return response
            case .object(let name, let key, let version):
                return try await object(key, version, in: try store(name), request.headers)
            }
        } catch let failure as BucketFailure {
            return BucketResponse(failure)
        } catch let error as StoreError {
            return BucketResponse(Self.failure(for: error))
        }
    }

    private var regionHeaders: HTTPHeaders { ["x-amz-bucket-region": region] }

    private func store(_ name: String) throws(BucketFailure) -> any Store {
        guard let store = buckets[name] else { throw .noSuchBucket }
        return store
    }

    private func object(
        _ key: String,
        _ version: String?,
        in store: any Store,
        _ asked: HTTPHeaders
    ) async throws -> BucketResponse {
        let entry = try await store.entry(key, version)
        if let wanted = asked.first(name: "If-Match"), wanted != "*", wanted != "\"\(entry.etag)\"" {
            throw BucketFailure.changed
        }
        let range = try RequestedRange.bytes(asked.first(name: "Range"), of: entry.byteCount)
        let bytes = range ?? 0..<entry.byteCount
        var response = BucketResponse([
            "Content-Type": "application/octet-stream",
            "Content-Length": "\(bytes.count)",
            "Accept-Ranges": "bytes",
            "ETag": "\"\(entry.etag)\"",
        ])
        if let modified = HTTPDate.text(of: entry.modified) {
            response.headers.add(name: "Last-Modified", value: modified)
        }
        if let version = entry.version { response.headers.add(name: "x-amz-version-id", value: version) }
        if let range {
            response.status = .partialContent
            response.headers.add(
                name: "Content-Range",
                value: "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(entry.byteCount)"
            )
        }
        response.body = .object(entry, store, bytes)
        return response
    }

    private static func failure(for error: StoreError) -> BucketFailure {
        switch error {
        case .notFound: .noSuchKey
        case .changed: .changed
        default: .unreadable("\(error)")
        }
    }
}

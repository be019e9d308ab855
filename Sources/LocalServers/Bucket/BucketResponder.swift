import Backups
import FoundationEssentials
import HTTPTypes
import Text

/// Responds to the requests of S3's API that read (Amazon S3 API Reference).
struct BucketResponder: Sendable {
    /// What each bucket holds.
    let buckets: [String: any Store]
    let region: String
    /// Whose signatures are taken; those of anybody where it is `nil`. The signature itself is not checked.
    let accessKeyID: String?

    func response(to method: HTTPRequest.Method, target: String, _ fields: HTTPFields) async throws -> BucketResponse {
        do {
            try checkAccess(fields[.authorization])
            switch try BucketRequest(method, target: target) {
            case .bucket(let name):
                _ = try store(name)
                return BucketResponse(regionFields)
            case .list(let name, let query):
                let page = try await store(name).list(query.request)
                var response = BucketResponse(ListingDocument.of(page, bucket: name, query))
                response.fields.append(contentsOf: regionFields)
                return response
            case .object(let name, let key, let version):
                return try await object(key, version, in: try store(name), fields)
            }
        } catch let failure as BucketFailure {
            return BucketResponse(failure)
        } catch let error as StoreError {
            return BucketResponse(Self.failure(for: error))
        }
    }

    private var regionFields: HTTPFields {
        HTTPField.Name("x-amz-bucket-region").map { [$0: region] } ?? [:]
    }

    private func checkAccess(_ authorization: String?) throws(BucketFailure) {
        guard let accessKeyID else { return }
        guard let authorization else {
            throw BucketFailure(.forbidden, "AccessDenied", "Access Denied")
        }
        guard authorization.contains("Credential=\(accessKeyID)/") else { throw .unknownAccessKey }
    }

    private func store(_ name: String) throws(BucketFailure) -> any Store {
        guard let store = buckets[name] else { throw .noSuchBucket }
        return store
    }

    private func object(
        _ key: String,
        _ version: String?,
        in store: any Store,
        _ asked: HTTPFields
    ) async throws -> BucketResponse {
        let entry = try await entry(key, version, in: store)
        if let wanted = asked[.ifMatch], wanted != "*", wanted != "\"\(entry.etag)\"" { throw BucketFailure.changed }
        let range = try RequestedRange.bytes(asked[.range], of: entry.byteCount)
        let bytes = range ?? 0..<entry.byteCount
        var response = BucketResponse([
            .contentType: "application/octet-stream",
            .contentLength: "\(bytes.count)",
            .acceptRanges: "bytes",
            .eTag: "\"\(entry.etag)\"",
        ])
        response.fields[.lastModified] = HTTPDate.text(of: entry.modified)
        if let name = HTTPField.Name("x-amz-version-id") { response.fields[name] = entry.version }
        if let range {
            response.status = .partialContent
            response.fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(entry.byteCount)"
        }
        response.body = .object(entry, store, bytes)
        return response
    }

    private func entry(_ key: String, _ version: String?, in store: any Store) async throws -> StoreEntry {
        guard let version else { return try await store.stat(key) }
        // A store finds its versions by listing them only.
        var request = ListRequest(prefix: key, listsVersions: true)
        while true {
            let page = try await store.list(request)
            if let entry = page.entries.first(where: { $0.key.utf8.elementsEqual(key.utf8) && $0.version == version }) {
                return entry
            }
            guard let next = page.next else { throw BucketFailure.noSuchVersion }
            request.start = next
        }
    }

    private static func failure(for error: StoreError) -> BucketFailure {
        switch error {
        case .notFound: .noSuchKey
        case .changed: .changed
        case .unsupported: .notImplemented("a listing of versions")
        default: .unreadable("\(error)")
        }
    }
}

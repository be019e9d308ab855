package import Backups
import FoundationEssentials
import HTTP
import Text

/// The objects of one bucket, over HTTP. There is no call that writes.
package struct S3Store: Store {
    private let client: S3Client

    package init(client: S3Client) {
        self.client = client
    }

    package var traits: StoreTraits { .remote(parallelCalls: HTTPConnections.countPerOrigin) }

    /// More names than this no server gives on a page.
    private static let maxPageCount = 1000

    // MARK: - Listing

    package func list(_ request: ListRequest) async throws -> ListPage {
        if request.limit == 0 { return ListPage() }
        var query: [(name: String, value: String)] = [("encoding-type", "url"), ("prefix", request.prefix)]
        if let delimiter = request.delimiter { query.append(("delimiter", delimiter)) }
        if let limit = request.limit { query.append(("max-keys", String(min(limit, Self.maxPageCount)))) }
        query += request.listsVersions ? Self.versionsQuery(request.start) : Self.objectsQuery(request.start)
        let response = try await client.response(to: S3Call(purpose: .list, query: query))
        do {
            return try ListResponse(response.body).page(of: request.prefix)
        } catch let error as XMLReadingError {
            let reason = "its listing can't be read: \(error.reason)\(response.head.otherSender)"
            throw S3Error.notS3(client.origin, reason: reason)
        }
    }

    private static func objectsQuery(_ start: ListStart) -> [(name: String, value: String)] {
        switch start {
        case .beginning: [("list-type", "2")]
        case .after(let key): [("list-type", "2"), ("start-after", key)]
        case .mark(let token): [("list-type", "2"), ("continuation-token", token)]
        }
    }

    private static func versionsQuery(_ start: ListStart) -> [(name: String, value: String)] {
        switch start {
        case .beginning: return [("versions", "")]
        case .after(let key): return [("versions", ""), ("key-marker", key)]
        case .mark(let text):
            let mark = VersionMark(text)
            return [("versions", ""), ("key-marker", mark.key)]
                + (mark.version.map { [("version-id-marker", $0)] } ?? [])
        }
    }

    // MARK: - Objects

    package func stat(_ key: String) async throws -> StoreEntry {
        let head: HTTPHead
        do {
            head = try await client.response(to: S3Call(method: .head, purpose: .read(key: key))).head
        } catch let error as S3Error where error.isRefusal {
            // A proxy may let nothing but GET through, and the words of a refusal stand in a body, which HEAD leaves
            // out.
            head = try await headOfGet(key)
        }
        guard let byteCount = head.wholeByteCount,
            let modified = head["Last-Modified"].flatMap(HTTPDate.date)
        else { throw S3Error.notS3(client.origin, reason: "it does not report the size and time of an object") }
        return StoreEntry(key: key, byteCount: byteCount, modified: modified, etag: ETag.bare(head["ETag"] ?? ""))
    }

    /// What the response to GET begins with; its body is not read.
    private func headOfGet(_ key: String) async throws -> HTTPHead {
        var call = S3Call(purpose: .read(key: key), headers: [.firstByte])
        do {
            do {
                return try await client.send(call) { head, _ in throw HeadIsEnough(head: head) }
            } catch StoreError.changed {
                // Of an empty object there is no first byte.
                call.headers = []
                return try await client.send(call) { head, _ in throw HeadIsEnough(head: head) }
            }
        } catch let enough as HeadIsEnough {
            return enough.head
        }
    }

    package func read(
        _ entry: StoreEntry,
        range: Range<Int64>,
        into sink: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        if range.isEmpty { return }
        var headers = [HTTPField("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")]
        if !entry.etag.isEmpty { headers.append(HTTPField("If-Match", "\"\(entry.etag)\"")) }
        let query = entry.version.map { [(name: "versionId", value: $0)] } ?? []
        let call = S3Call(purpose: .read(key: entry.key), query: query, headers: headers)

        var part: ObjectPart?
        do {
            _ = try await client.send(call) { head, bytes in
                var current = try part ?? ObjectPart(head, of: entry, wanted: range)
                defer { part = current }
                try current.take(bytes, into: sink)
            }
        } catch is ObjectPart.Complete {
            return
        }
        guard let part, part.isComplete else {
            throw StoreError.interrupted(entry.key, reason: "the response ended too early")
        }
    }
}

import Backups
import BackupsTesting
import DirectoryStore
import Foundation
import LocalServers
import TestSupport
import Testing

/// What the contract of stores does not ask of the server, since the project's own client does not.
@Suite("A bucket of the project's own", .ownThread)
struct BucketServerTests {
    private let folder: TemporaryFolder
    private let versions = VersionedStore()
    private let server: RunningTask

    init() async throws {
        folder = try TemporaryFolder()
        try folder.write(Array("0123456789".utf8), to: "v1/foo/a b&c")
        let buckets: [String: any Store] = [
            "backups": try await DirectoryStore(root: folder.path), "versions": versions,
        ]
        let bucket = BucketServer(buckets, accessKeyID: "ME")
        server = try await RunningTask { try await bucket.run(onListening: $0) }
    }

    /// - Parameter offset: How far the time of the signature is from now, in seconds.
    private func signed(by key: String = "ME", offset: TimeInterval = 0) -> HTTPHeaders {
        let date = Date(timeIntervalSinceNow: offset).formatted(.iso8601)
        return [
            "Authorization": "AWS4-HMAC-SHA256 Credential=\(key)/20260101/us-east-1/s3/aws4_request",
            "X-Amz-Date": date.filter { $0 != "-" && $0 != ":" },
        ]
    }

    private func get(_ target: String, range: String? = nil) throws -> HTTPProbe.Answer {
        var headers = signed()
        headers["Range"] = range
        return try HTTPProbe.send("GET", to: server.url, target, headers: headers)
    }

    @Test(
        "a range at either end is answered with its bytes",
        arguments: [
            ("bytes=0-3", "0123"), ("bytes=7-", "789"), ("bytes=-2", "89"), ("bytes=8-99", "89"),
        ]
    )
    func range(field: String, bytes: String) throws {
        let answer = try get("/backups/v1/foo/a%20b%26c", range: field)
        #expect(answer.status == 206)
        #expect(answer.text == bytes)
    }

    @Test(
        "what is no range is answered with the whole",
        arguments: ["bytes=5-3", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"]
    )
    func noRange(field: String) throws {
        let answer = try get("/backups/v1/foo/a%20b%26c", range: field)
        #expect(answer.status == 200)
        #expect(answer.body.count == 10)
    }

    @Test("a range behind the end is refused")
    func behindTheEnd() throws {
        #expect(try get("/backups/v1/foo/a%20b%26c", range: "bytes=10-").status == 416)
    }

    @Test("names are escaped in a listing that is not encoded")
    func escaping() throws {
        let answer = try get("/backups?list-type=2&prefix=v1/")
        #expect(answer.text.contains("<Key>v1/foo/a b&amp;c</Key>"))
    }

    @Test("a page ends where it was asked to, and the next one begins there")
    func pages() throws {
        try folder.write([], to: "v1/foo/b")
        let first = try get("/backups?list-type=2&max-keys=1").text
        #expect(first.contains("<IsTruncated>true</IsTruncated>"))
        let token = try #require(first.firstMatch(of: /<NextContinuationToken>([^<]+)</)).1
        let encoded = try #require(String(token).addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let second = try get("/backups?list-type=2&continuation-token=\(encoded)").text
        #expect(second.contains("<Key>v1/foo/b</Key>"))
        #expect(!second.contains("a b&amp;c"))
    }

    @Test(
        "what it does not do is refused with S3's code",
        arguments: [
            ("GET", "/other?list-type=2", 404, "NoSuchBucket"), ("GET", "/backups/nothing", 404, "NoSuchKey"),
            ("PUT", "/backups/new", 405, "MethodNotAllowed"), ("GET", "/", 501, "NotImplemented"),
            ("GET", "/backups", 501, "NotImplemented"),
            ("GET", "/backups?list-type=2&max-keys=x", 400, "InvalidArgument"),
            ("GET", "/backups?list-type=2&continuation-token=x", 400, "InvalidArgument"),
        ]
    )
    func refusals(method: String, target: String, status: Int, code: String) throws {
        let answer = try HTTPProbe.send(method, to: server.url, target, headers: signed())
        #expect(answer.status == status)
        #expect(answer.text.contains("<Code>\(code)</Code>"))
    }

    @Test("HEAD says what GET would, without the bytes")
    func head() throws {
        var headers = signed()
        headers["Range"] = "bytes=2-4"
        let answer = try HTTPProbe.send("HEAD", to: server.url, "/backups/v1/foo/a%20b%26c", headers: headers)
        #expect(answer.status == 206 && answer.headers["Content-Length"] == "3")
        #expect(answer.headers["Content-Range"] == "bytes 2-4/10" && answer.headers["ETag"] != nil)
        let bucket = try HTTPProbe.send("HEAD", to: server.url, "/backups", headers: signed())
        #expect(bucket.status == 200 && bucket.headers["x-amz-bucket-region"] == "us-east-1")
        #expect(try HTTPProbe.send("HEAD", to: server.url, "/backups/nothing", headers: signed()).status == 404)
    }

    @Test("bytes of another content are not sent where one is named")
    func ifMatch() throws {
        let target = "/backups/v1/foo/a%20b%26c"
        var headers = signed()
        headers["If-Match"] = try get(target).headers["ETag"]
        #expect(try HTTPProbe.send("GET", to: server.url, target, headers: headers).status == 200)
        try folder.write(Array("9876543210".utf8), to: "v1/foo/a b&c")
        let answer = try HTTPProbe.send("GET", to: server.url, target, headers: headers)
        #expect(answer.status == 412 && answer.text.contains("<Code>PreconditionFailed</Code>"))
    }

    @Test("another's key, and none, are refused")
    func strangers() throws {
        let answers = try [signed(by: "YOU"), [:]].map {
            try HTTPProbe.send("GET", to: server.url, "/backups?list-type=2", headers: $0)
        }
        #expect(answers.map(\.status) == [403, 403])
        #expect(answers[0].text.contains("<Code>InvalidAccessKeyId</Code>"))
        #expect(answers[1].text.contains("<Code>AccessDenied</Code>"))
    }

    @Test(
        "a request that was signed long ago, or will be, is refused",
        arguments: [
            (-16 * 60, 403), (-14 * 60, 200), (14 * 60, 200), (16 * 60, 403),
        ]
    )
    func skewed(seconds: Int, status: Int) throws {
        let headers = signed(offset: TimeInterval(seconds))
        let answer = try HTTPProbe.send("GET", to: server.url, "/backups?list-type=2", headers: headers)
        #expect(answer.status == status)
        #expect(answer.text.contains("<Code>RequestTimeTooSkewed</Code>") == (status == 403))
    }

    @Test("a request that is signed without a time is refused")
    func undated() throws {
        var headers = signed()
        headers["X-Amz-Date"] = "today"
        #expect(try HTTPProbe.send("GET", to: server.url, "/backups?list-type=2", headers: headers).status == 403)
    }

    @Test("a deleted object is listed with a marker of that, and can be read by its version only")
    func versionsOfDeleted() throws {
        versions.put("kept", [1])
        versions.put("lost", [2])
        versions.put("lost", [3, 3])
        versions.remove("lost")
        let text = try get("/versions?versions=").text
        let elements = text.matches(of: /<(Version|DeleteMarker)><Key>(\w+)<.*?<IsLatest>(\w+)</).map { match in
            "\(match.1) \(match.2) \(match.3)"
        }
        #expect(
            elements == ["Version kept true", "DeleteMarker lost true", "Version lost false", "Version lost false"]
        )
        #expect(try get("/versions/lost").status == 404)
        let answers = try text.matches(of: /<Version><Key>lost<.*?<VersionId>([^<]+)</).map {
            try get("/versions/lost?versionId=\($0.1)")
        }
        #expect(answers.map(\.body) == [[3, 3], [2]])
        let unknown = try get("/versions/lost?versionId=x")
        #expect(unknown.status == 404 && unknown.text.contains("<Code>NoSuchVersion</Code>"))
    }

    @Test("what keeps no versions has one of each object, as a bucket without versioning")
    func withoutVersions() throws {
        let text = try get("/backups?versions=").text
        #expect(text.contains("<VersionId>null</VersionId>") && text.contains("<IsLatest>true</IsLatest>"))
        #expect(try get("/backups/v1/foo/a%20b%26c?versionId=null").body.count == 10)
    }
}

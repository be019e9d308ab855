import DirectoryStore
import Foundation
import LocalServers
import TestSupport
import Testing

/// What the contract of stores does not ask of the server, since the project's own client does not.
@Suite("A bucket of the project's own", .ownThread)
struct BucketServerTests {
    private let folder: TemporaryFolder
    private let server: RunningTask

    init() async throws {
        folder = try TemporaryFolder()
        try folder.write(Array("0123456789".utf8), to: "v1/foo/a b&c")
        let bucket = BucketServer(
            ["backups": try await DirectoryStore(root: folder.path)],
            accessKeyID: "ME",
            clockOffset: .seconds(-3600)
        )
        server = try await RunningTask { try await bucket.run(onListening: $0) }
    }

    private let signed: HTTPHeaders = [
        "Authorization": "AWS4-HMAC-SHA256 Credential=ME/20260101/us-east-1/s3/aws4_request"
    ]

    private func get(_ target: String, range: String? = nil) throws -> HTTPProbe.Answer {
        var headers = signed
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
        let answer = try HTTPProbe.send(method, to: server.url, target, headers: signed)
        #expect(answer.status == status)
        #expect(answer.text.contains("<Code>\(code)</Code>"))
    }

    @Test("another's key, and none, are refused")
    func strangers() throws {
        let stranger: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=YOU/20260101/us-east-1/s3/aws4_request"
        ]
        for headers in [stranger, [:]] {
            #expect(try HTTPProbe.send("GET", to: server.url, "/backups?list-type=2", headers: headers).status == 403)
        }
    }

    @Test("its clock is as wrong as it was set")
    func clock() throws {
        let text = try #require(try get("/backups/v1/foo/a%20b%26c").headers["Date"])
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        let date = try #require(formatter.date(from: text))
        #expect(abs(date.timeIntervalSinceNow + 3600) < 60)
    }
}

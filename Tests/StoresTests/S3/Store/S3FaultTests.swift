import Backups
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import S3Store

@Suite("A bucket of a server with faults", .ownThread)
struct S3FaultTests {
    private static let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) }
    private static let entry = StoreEntry(
        key: "v1/foo/backup",
        byteCount: Int64(bytes.count),
        modified: Date(timeIntervalSince1970: 0),
        etag: "one"
    )

    /// The answer that a sound server gives to a request for a range.
    private static func answer(_ request: FaultServer.Request, etag: String = "one") -> FaultServer.Response {
        guard
            let range = request.headers["Range"]?.dropFirst("bytes=".count).split(separator: "-").compactMap({ Int($0) }
            ),
            range.count == 2
        else { return .init(400) }
        return .init(
            206,
            headers: ["ETag": "\"\(etag)\"", "Content-Range": "bytes \(range[0])-\(range[1])/\(bytes.count)"],
            body: bytes[range[0]...range[1]]
        )
    }

    /// Reads the whole object, with as many tries as it takes, from a server that answers as a test says.
    private func read(
        _ answer: @escaping @Sendable (_ request: FaultServer.Request, _ number: Int) -> FaultServer.Response
    ) async throws -> (bytes: [UInt8], ranges: [String], reports: [String]) {
        let count = Mutex(0)
        let server = try FaultServer { request in
            answer(
                request,
                count.withLock {
                    $0 += 1
                    return $0
                }
            )
        }
        let reports = Mutex<[String]>([])
        let store = RetryingStore(
            try await Self.store(server.origin),
            timeLimit: .seconds(3600),
            report: { remark in reports.withLock { $0.append(remark.text) } },
            pause: { _ in }
        )
        var bytes: [UInt8] = []
        try await store.read(Self.entry, range: 0..<Self.entry.byteCount) { bytes += $0 }
        return (bytes, server.requests.compactMap { $0.headers["Range"] }, reports.withLock { $0 })
    }

    private static func store(_ endpoint: String) async throws -> any Store {
        try await S3.store(
            of: S3Settings(bucket: "backups", endpoint: endpoint, isAnonymous: true),
            environment: [:],
            home: nil
        ) { _ in }
    }

    @Test("a server that is too busy is asked again, and that is said")
    func busy() async throws {
        let slowDown = Array("<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>".utf8)
        let (bytes, _, reports) = try await read { request, number in
            number < 4 ? .init([500, 503, 429][number - 1], body: slowDown) : Self.answer(request)
        }
        #expect(bytes == Self.bytes)
        #expect(reports.contains { $0.contains("SlowDown: Reduce your request rate.; trying again (3 of 10)") })
    }

    @Test("an answer that breaks off is gone on with from the byte that it had come to")
    func brokenOff() async throws {
        for ending in [FaultServer.Response.Ending.reset, .close] {
            let (bytes, ranges, _) = try await read { request, number in
                number < 3 ? Self.answer(request).cut(after: 50_000, then: ending) : Self.answer(request)
            }
            #expect(bytes == Self.bytes)
            #expect(ranges.count == 3)
            #expect(ranges.first == "bytes=0-199999")
            // What has come, and is not handed over when the connection breaks, is asked for again.
            if case .close = ending { #expect(ranges.last?.hasPrefix("bytes=0-") == false) }
        }
    }

    @Test("it is given up after ten tries without a byte")
    func givenUp() async throws {
        let count = Mutex(0)
        await #expect(throws: StoreError.self) {
            _ = try await read { _, number in
                count.withLock { $0 = number }
                return .init(503)
            }
        }
        #expect(count.withLock { $0 } == 10)
    }

    @Test("bytes of another object are not taken: another tag, another size")
    func changed() async throws {
        await #expect(throws: StoreError.changed("v1/foo/backup")) {
            _ = try await read { request, number in
                number == 1 ? Self.answer(request).cut(after: 1000, then: .close) : Self.answer(request, etag: "two")
            }
        }
        await #expect(throws: StoreError.changed("v1/foo/backup")) {
            _ = try await read { _, _ in .init(412) }
        }
        await #expect(throws: StoreError.changed("v1/foo/backup")) {
            _ = try await read { _, _ in
                .init(206, headers: ["ETag": "\"one\"", "Content-Range": "bytes 0-199999/300000"], body: Self.bytes)
            }
        }
    }

    @Test("a server that knows no ranges sends all, and what is not wanted is passed over")
    func withoutRanges() async throws {
        let server = try FaultServer { _ in .init(200, headers: ["ETag": "\"one\""], body: Self.bytes) }
        let store = try await Self.store(server.origin)
        for range in [0..<10, 150_000..<150_001, 199_999..<200_000] as [Range<Int64>] {
            var bytes: [UInt8] = []
            try await store.read(Self.entry, range: range) { bytes += $0 }
            #expect(bytes == Array(Self.bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
        }
    }

    @Test(
        "a server that refuses HEAD is asked with GET for the first byte, which tells as much",
        arguments: [405, 501, 403]
    )
    func refusedHead(status: Int) async throws {
        let fields: HTTPHeaders = ["ETag": "\"one\"", "Last-Modified": "Wed, 23 Nov 2016 01:02:03 GMT"]
        let answers: [(Int64, FaultServer.Response)] = [
            (200_000, .init(206, headers: fields.merging(["Content-Range": "bytes 0-0/200000"]), body: [1])),
            (200_000, .init(200, headers: fields, body: Self.bytes)),
            (0, .init(416, body: Array("<Error><Code>InvalidRange</Code></Error>".utf8))),
        ]
        for (byteCount, answer) in answers {
            let server = try FaultServer { request in
                if request.method == "HEAD" { return .init(status) }
                return request.headers["Range"] == nil ? .init(200, headers: fields) : answer
            }
            let entry = try await Self.store(server.origin).stat("v1/foo/backup")
            #expect(entry.byteCount == byteCount && entry.etag == "one")
            #expect(entry.modified == Date(timeIntervalSince1970: 1_479_862_923))
            #expect(server.requests.contains { $0.method == "GET" && $0.headers["Range"] == "bytes=0-0" })
        }
    }

    @Test("a server that refuses HEAD and GET can't be read", arguments: [405, 501, 403])
    func refusedGet(status: Int) async throws {
        let server = try FaultServer { _ in .init(status) }
        let store = try await Self.store(server.origin)
        let error = await #expect(throws: (any Error).self) { try await store.stat("v1/foo/backup") }
        #expect((error as? any UserError)?.category == .unreachable)
    }

    @Test("more bytes than were asked for are not taken")
    func tooMany() async throws {
        let server = try FaultServer { _ in
            .init(
                206,
                headers: ["ETag": "\"one\"", "Content-Range": "bytes 0-9/200000"],
                body: Self.bytes,
                framing: .chunks
            ).endless()
        }
        var bytes: [UInt8] = []
        try await Self.store(server.origin).read(Self.entry, range: 0..<10) { bytes += $0 }
        #expect(bytes == Array(Self.bytes[..<10]))
    }

    @Test(
        "a listing that can't be read is no listing",
        arguments: [
            "<ListBucketResult><Contents><Key>v1/foo", "<ListBucketResult/>\u{0}", "<ListBucketResult>", "", "nothing",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><ListBucketResult><Name>&x;</Name></ListBucketResult>",
            "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
            String(repeating: "<ListBucketResult>", count: 100_000), "<Other/>",
        ]
    )
    func brokenListing(body: String) async throws {
        let server = try FaultServer { _ in .init(200, body: Array(body.utf8)) }
        let store = try await Self.store(server.origin)
        let error = await #expect(throws: (any Error).self) { try await store.list(ListRequest(prefix: "v1/")) }
        #expect((error as? any UserError)?.description.contains("its listing can't be read") == true)
    }

    @Test("a listing without an end is given up")
    func endlessListing() async throws {
        let start = Array("<ListBucketResult><Contents><Key>x</Key></Contents>".utf8)
        let server = try FaultServer { _ in .init(200, body: start, framing: .chunks).endless() }
        let store = try await Self.store(server.origin)
        let error = await #expect(throws: (any Error).self) { try await store.list(ListRequest(prefix: "v1/")) }
        #expect((error as? any UserError)?.description.contains("its response does not end") == true)
    }

    @Test("a bucket in another region is followed to it, once, and that is said")
    func otherRegion() async throws {
        let malformed = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>"
        let server = try FaultServer { request in
            request.headers["Authorization"]?.contains("/eu-west-1/s3/") == true
                ? .init(200, body: Array("<ListBucketResult></ListBucketResult>".utf8))
                : .init(400, body: Array(malformed.utf8))
        }
        let reports = Mutex<[String]>([])
        let store = try await S3.store(
            of: S3Settings(bucket: "backups", endpoint: server.origin, region: "us-east-1"),
            environment: ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"],
            home: nil
        ) { remark in reports.withLock { $0.append(remark.text) } }
        for _ in 0..<2 { #expect(try await store.list(ListRequest(prefix: "")).entries.isEmpty) }
        #expect(server.requests.count == 3)
        #expect(reports.withLock { $0 }.filter { $0.contains("the bucket is in the region eu-west-1") }.count == 1)
    }

    @Test("a clock that is off is set right once from the server's, and that is said")
    func clock() async throws {
        let wrong = Date(timeIntervalSinceNow: -3600)
        let server = try RcloneServer()
        try server.put(bucket: "backups", key: "v1/foo/file", bytes: [1])
        let reports = Mutex<[String]>([])
        let store = try await S3.store(
            of: S3Settings(bucket: "backups", endpoint: server.endpoint),
            environment: [
                "AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey,
            ],
            home: nil,
            now: { wrong },
            report: { remark in reports.withLock { $0.append(remark.text) } }
        )
        for _ in 0..<2 { #expect(try await store.list(ListRequest(prefix: "")).entries.count == 1) }
        #expect(reports.withLock { $0 }.filter { $0.contains(" min behind the server's") }.count == 1)
    }
}

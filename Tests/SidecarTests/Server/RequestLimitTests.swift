import TestSupport
import Testing

@testable import SidecarServer

@Suite("Requests at the same time", .ownThread)
struct RequestLimitTests {
    private let sound: [UInt8]

    init() throws {
        sound = try Fixture.snapshot("early.db")
    }

    private static let kinds: [RequestKind] = [.download, .head, .status, .other]

    @Test("have a limit for each kind, which others do not fill")
    func kinds() {
        let limits = RequestLimits(downloads: 2, heads: 1, statuses: 1, others: 1)
        let requests = RunningRequests(limits: limits)
        #expect(requests.begin(.download))
        for kind in Self.kinds { #expect(requests.begin(kind)) }
        for kind in Self.kinds { #expect(!requests.begin(kind)) }
        requests.end(.download, isWhole: false)
        #expect(requests.begin(.download) && !requests.begin(.head))
        requests.end(.download, isWhole: true)
        #expect(requests.finishedDownloadCount == 1)
    }

    @Test(
        "are answered with 503 and a time to wait where there are too many",
        arguments: [
            ("GET", "/v1/backup", "too many downloads are running\n", "10"), ("HEAD", "/v1/backup", "", "1"),
            ("GET", "/v1/status", "too many status requests are running\n", "1"),
        ]
    )
    func tooMany(method: String, target: String, line: String, retryAfter: String) async throws {
        let source = CountedSource([9: sound])
        let server = try await RunningServer(source) {
            $0.limits = RequestLimits(downloads: 1, heads: 1, statuses: 1, others: 1)
        }
        try await eventually("the newest is verified") { server.said("is sound") }
        let count = source.listingCount
        source.holdListings(true)
        async let first = server.get(target, method: method)
        try await eventually("the first one runs") { source.listingCount > count }
        let second = try await server.get(target, method: method)
        #expect(second.status == 503 && second.headers["Retry-After"] == retryAfter && second.text == line)
        // What is refused has a limit of its own.
        #expect(try await server.get("/v1/other").status == 404)
        source.holdListings(false)
        #expect(try await first.status == 200)
        // A client has its last byte a moment before the server knows that.
        try await eventually("its place is free") { try await server.get(target, method: method).status == 200 }
    }

    @Test("take no place where they show no token")
    func strangers() async throws {
        let source = CountedSource([9: sound])
        let server = try await RunningServer(source) {
            $0.token = Token("SECRET0123456789")
            $0.limits = RequestLimits(downloads: 0)
        }
        #expect(try await server.get().status == 401)
    }

    @Test("share one listing for a status, which is answered again for a while")
    func status() async throws {
        let source = CountedSource([9: sound])
        let server = try await RunningServer(source) { $0.statusLifetime = .seconds(600) }
        try await eventually("the newest is verified") { server.said("is sound") }
        let count = source.listingCount
        source.holdListings(true)
        async let answers = withThrowingTaskGroup(of: HTTPProbe.Answer.self) { group in
            for _ in 0..<8 { group.addTask { try await server.get("/v1/status") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await eventually("one of them lists") { source.listingCount > count }
        source.holdListings(false)
        for answer in try await answers { #expect(answer.status == 200 && answer.text.contains(#""backups":1"#)) }
        #expect(try await server.get("/v1/status").status == 200)
        #expect(source.listingCount == count + 1)
    }

    @Test("get a new status when the last one is too old")
    func oldStatus() async throws {
        let source = CountedSource([9: sound])
        let server = try await RunningServer(source) { $0.statusLifetime = .zero }
        try await eventually("the newest is verified") { server.said("is sound") }
        let count = source.listingCount
        for _ in 0..<3 { #expect(try await server.get("/v1/status").status == 200) }
        #expect(source.listingCount == count + 3)
    }
}

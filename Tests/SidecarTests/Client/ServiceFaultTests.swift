import Backups
import Foundation
import Layouts
import Synchronization
import TestSupport
import Testing

@testable import SidecarClient

/// A backup service that is none, or an odd one. What a good one answers, the tests of the program ask the real server.
@Suite("A backup service with faults")
struct ServiceFaultTests {
    private static let cluster = ClusterName("foo")
    private static let status =
        Array(
            #"{"backups":3,"backupSize":1.5,"recentBackup":{"creationTime":"2026-01-31T08:00:00Z","size":0.5,"#.utf8
        ) + Array(#""revision":9,"version":"3.4.23","timeTookInSecond":1}}"#.utf8)
    private static let head: HTTPHeaders = ["X-etcd-Version": "3.4.23", "X-Revision": "9"]

    private static func source(_ url: String, headers: [String] = []) throws -> any BackupSource {
        var settings = ServiceSettings()
        settings.url = url
        settings.headers = headers
        return try BackupService.source(
            of: settings,
            layout: LayoutRegistry.ofBackupService,
            environment: [:],
            report: { _ in }
        )
    }

    /// A service that tells of revision 9, and whose bytes are as the test wants them.
    private static func server(
        _ body: @escaping @Sendable (FaultServer.Request) -> FaultServer.Response
    ) throws -> FaultServer {
        try FaultServer { request in
            if request.target.hasPrefix("/v1/status") { return .init(200, body: status) }
            if request.method == "HEAD" { return .init(200, headers: head) }
            return body(request)
        }
    }

    private static func pick(_ source: any BackupSource) async throws -> Backup {
        try #require(try await source.backups(of: cluster, .newest(1)).backups.last)
    }

    private static func read(_ source: any BackupSource) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await source.read(try await pick(source), range: nil) { bytes += $0 }
        return bytes
    }

    @Test(
        "is refused at once where what answers is no such service",
        arguments: [
            (FaultServer.Response(200, body: Array("<html>hello".utf8)), "its status is an HTML page"),
            (.init(200, body: Array("{}".utf8)), "its status is not the status of a backup service"),
            (.init(200), "its status is empty"),
            (.init(404, body: Array("404 page not found\n".utf8)), "it does not know this request (HTTP status 404)"),
            (
                .init(302, headers: ["Location": "https://elsewhere.test/"]),
                #"it redirects to https://elsewhere.test/"#
            ),
            (.init(401), "access denied (HTTP status 401)"),
            (.init(403), "access denied (HTTP status 403)"),
            (
                .init(500, body: Array("failed to get total\u{1B}[31m number\nmore".utf8)),
                "HTTP status 500: failed to get total"
            ),
            (.init(408, body: Array("timeout\n".utf8)), "HTTP status 408: timeout"),
            (.init(410, body: Array("410 Gone for good\n".utf8)), "HTTP status 410: Gone for good"),
            (
                .init(502, body: Array("<html>Bad Gateway".utf8)),
                "HTTP status 502: with a page of HTML, as a proxy sends it"
            ),
            (.raw(Array("no HTTP at all\r\n\r\n".utf8)), "its response is not HTTP"),
            (.closed, "it closed the connection"),
        ]
    )
    func notService(response: FaultServer.Response, reason: String) async throws {
        let server = try FaultServer { _ in response }
        let source = try Self.source(server.origin)
        let error = try #require(await #expect(throws: (any Error).self) { try await source.overview() })
        let failure = try #require(error as? any UserError)
        #expect(failure.description.contains(reason), "\(failure)")
        #expect(!failure.description.contains("\u{1B}"))
        #expect(failure.description.contains(server.origin))
    }

    @Test("has the words of a refusal, which HEAD leaves out, asked for")
    func words() async throws {
        let server = try FaultServer { request in
            if request.target.hasPrefix("/v1/status") { return .init(200, body: Self.status) }
            if request.target.contains("etcdVersion") {
                return .init(400, body: Array("requested version (3.1) is not compatible with the backup (3.4)\n".utf8))
            }
            return .init(200, headers: Self.head)
        }
        let source = try Self.source(server.origin)
        let target = EtcdVersion(major: 3, minor: 1)
        let error = await #expect(throws: ServiceError.self) {
            try await source.backups(of: Self.cluster, .newest(1, target: target))
        }
        #expect(
            error?.description
                == "cannot pick the newest backup: it is of etcd 3.4.23, and etcd 3.1 can't restore it"
        )
        #expect(server.requests.contains { $0.target == "/v1/backup?etcdVersion=3.1.0" })
    }

    @Test(
        "that refuses HEAD is asked with GET for the first byte, which tells as much",
        arguments: [405, 501, 403, 404],
        [
            FaultServer.Response(206, headers: head.merging(["Content-Range": "bytes 0-0/20512"]), body: [1]),
            .init(200, headers: head, body: [UInt8](repeating: 1, count: 20512)),
            .init(200, headers: head, body: [UInt8](repeating: 1, count: 9000), framing: .claimedLength(20512))
                .endless(),
        ]
    )
    func refusedHead(status: Int, response: FaultServer.Response) async throws {
        let server = try FaultServer { request in
            if request.target.hasPrefix("/v1/status") { return .init(200, body: Self.status) }
            return request.method == "HEAD" ? .init(status) : response
        }
        let backup = try await Self.pick(try Self.source(server.origin))
        #expect(backup.revision?.value == 9 && backup.approximateByteCount == 20512)
        let gets = server.requests.filter { $0.method == "GET" && !$0.target.hasPrefix("/v1/status") }
        #expect(gets.count == 1 && gets.first?.headers["Range"] == "bytes=0-0")
    }

    @Test(
        "that refuses GET, too, is a source that can't be used",
        arguments: [(403, ErrorCategory.unreachable), (405, .unreachable), (501, .unreachable), (500, .failed)]
    )
    func refusedGet(status: Int, category: ErrorCategory) async throws {
        let server = try FaultServer { request in
            request.target.hasPrefix("/v1/status")
                ? .init(200, body: Self.status) : .init(status, body: Array("not here\n".utf8))
        }
        let source = try Self.source(server.origin)
        let error = await #expect(throws: ServiceError.self) { try await Self.pick(source) }
        #expect(error?.category == category)
        #expect(error?.description.contains("\(status)") == true)
    }

    @Test("that refuses HEAD and has no such backup has none")
    func refusedHeadOfNothing() async throws {
        let server = try FaultServer { request in
            if request.target.hasPrefix("/v1/status") { return .init(200, body: Self.status) }
            return .init(request.method == "HEAD" ? 405 : 404)
        }
        let listing = try await Self.source(server.origin).backups(of: Self.cluster, .newest(1))
        #expect(listing.backups.isEmpty)
    }

    @Test(
        "is asked for exactly the backup that was picked, below the path of its URL, with the headers that were given"
    )
    func requests() async throws {
        let server = try FaultServer { request in
            if request.target.hasSuffix("/v1/status") { return .init(200, body: Self.status) }
            return .init(200, headers: Self.head, body: [1, 2, 3])
        }
        let source = try Self.source("\(server.origin)/proxy/foo/", headers: ["Authorization: Bearer SECRET", "X-A:b"])
        #expect(try await Self.read(source) == [1, 2, 3])
        let targets = server.requests.map { "\($0.method) \($0.target)" }
        #expect(
            Set(targets) == [
                "HEAD /proxy/foo/v1/backup", "GET /proxy/foo/v1/status",
                "GET /proxy/foo/v1/backup?etcdVersion=3.4.23&etcdRevision=9",
            ]
        )
        #expect(
            server.requests.allSatisfy { $0.headers["Authorization"] == "Bearer SECRET" && $0.headers["X-A"] == "b" }
        )
    }

    @Test("whose answer is another backup than the one that was picked is not believed")
    func otherBackup() async throws {
        let server = try Self.server { _ in
            .init(200, headers: ["X-etcd-Version": "3.4.23", "X-Revision": "10"], body: [1])
        }
        let source = try Self.source(server.origin)
        let error = await #expect(throws: ServiceError.self) { try await Self.read(source) }
        #expect(
            error?.description == "cannot accept the backup from the service:"
                + " asked for revision 9 (0x9) of etcd 3.4.23, got revision 10 (0xa) of etcd 3.4.23"
        )
    }

    @Test(
        "that breaks off says that it may go better another time",
        arguments: [
            FaultServer.Response(200, headers: head, body: [UInt8](repeating: 1, count: 20_000), framing: .chunks)
                .cut(after: 9000, then: .close),
            .init(200, headers: head, body: [UInt8](repeating: 1, count: 20_000)).cut(after: 9000, then: .reset),
        ]
    )
    func broken(response: FaultServer.Response) async throws {
        let server = try Self.server { _ in response }
        let source = try Self.source(server.origin)
        let error = await #expect(throws: StoreError.self) { try await Self.read(source) }
        #expect(error?.isInterruption == true)
    }

    @Test("that closed a connection which was kept open is asked over a new one")
    func closedConnection() async throws {
        let count = Mutex(0)
        let server = try FaultServer { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return number == 2 ? .closed : .init(200, body: Self.status)
        }
        let source = try Self.source(server.origin)
        for _ in 0..<2 { _ = try await source.overview() }
        #expect(count.withLock { $0 } == 3)
    }

    @Test("that keeps no backup has none, and one that was never made is none either")
    func none() async throws {
        let server = try FaultServer { request in
            request.target.hasPrefix("/v1/status")
                ? .init(200, body: Array(#"{"backups":0,"backupSize":0}"#.utf8)) : .init(404)
        }
        let source = try Self.source(server.origin)
        guard case .oneCluster(let total, nil, nil) = try await source.overview() else {
            Issue.record("it tells of more than there is")
            return
        }
        #expect(total.count == 0)
        let version = EtcdVersion(major: 3, minor: 4, patch: 23)
        for scope in [BackupScope.all, .newest(1), .exact(version, try #require(Revision(9))), .named("none")] {
            let listing = try await source.backups(of: Self.cluster, scope)
            #expect(listing.backups.isEmpty && listing.total?.count ?? 0 == 0)
        }
    }

    @Test(
        "of an older operator tells less, and that is no mistake",
        arguments: [
            #"{"backups":2,"backupSize":0.1,"recentBackup":{"creationTime":"soon","size":-1,"version":"3.1.0"}}"#,
            #"{"backups":2,"backupSize":1e300,"recentBackup":{"version":"odd"}}"#,
            #"{"backups":2,"backupSize":0.1}"#,
        ]
    )
    func older(status: String) async throws {
        let server = try FaultServer { request in
            request.target.hasPrefix("/v1/status")
                ? .init(200, body: Array(status.utf8)) : .init(200, headers: Self.head)
        }
        let source = try Self.source(server.origin)
        let backup = try await Self.pick(source)
        #expect(backup.revision?.value == 9 && backup.modified == nil && backup.byteCount == nil)
        _ = try await source.overview()
    }

    @Test(
        "is not asked where its address or a header is wrong, and no secret is shown",
        arguments: [
            ("ftp://host", [String](), "it is not a URL such as http://host:19999"),
            ("http://user:SECRET@host", [], "it is not a URL such as http://host:19999"),
            ("http://host", ["Authorization SECRET"], "cannot send a header: it is not"),
            ("http://host", ["A: SECRET\nB: c"], "cannot send the header 'A': its value has a line break"),
            ("http://host", ["A B: SECRET"], "cannot send a header: it is not"),
        ]
    )
    func settings(url: String, headers: [String], reason: String) throws {
        let error = try #require(throws: ServiceError.self) { try Self.source(url, headers: headers) }
        #expect(error.description.contains(reason), "\(error)")
        #expect(!error.description.contains("SECRET"))
    }

    @Test("that was found by a cluster's name is that of no other cluster")
    func otherCluster() async throws {
        var settings = ServiceSettings()
        settings.cluster = Self.cluster
        let source = try BackupService.source(
            of: settings,
            layout: LayoutRegistry.ofBackupService,
            environment: [:],
            report: { _ in }
        )
        #expect(try await source.has(Self.cluster))
        let error = await #expect(throws: ServiceError.self) { try await source.has(ClusterName("bar")) }
        #expect(
            error?.description == "cannot choose cluster 'bar': the backup service in use belongs to 'foo'"
        )
        // Whose one at a URL is, nobody tells.
        #expect(try await Self.source("http://localhost:1").has(ClusterName("bar")))
    }

    @Test(
        "is found by its cluster's name",
        arguments: [
            (ClusterName("foo"), nil, "cluster.local", "foo-backup-sidecar"),
            (ClusterName("foo"), "prod", "cluster.local", "foo-backup-sidecar.prod.svc.cluster.local"),
            (ClusterName("foo", namespace: "kept"), nil, "example.org", "foo-backup-sidecar.kept.svc.example.org"),
        ] as [(ClusterName, String?, String, String)]
    )
    func address(cluster: ClusterName, namespace: String?, domain: String, host: String) throws {
        var settings = ServiceSettings()
        settings.cluster = cluster
        settings.namespace = namespace
        settings.clusterDomain = domain
        let source = try BackupService.source(
            of: settings,
            layout: LayoutRegistry.ofBackupService,
            environment: [:],
            report: { _ in }
        )
        #expect(source.location == "backup service at http://\(host):19999")
    }
}

import DirectoryStore
import Foundation
import LocalServers
import TestSupport
import Testing

@Suite("A server behind a proxy that breaks connections", .ownThread)
struct FaultProxyTests {
    private static let content = [UInt8](repeating: 7, count: 1 << 20)
    private let folder: TemporaryFolder
    private let bucket: FaultyBucket
    private let server: RunningTask

    init() async throws {
        folder = try TemporaryFolder()
        try folder.write(Self.content, to: "big")
        let bucket = FaultyBucket(BucketServer(["backups": try await DirectoryStore(root: folder.path)]))
        server = try await RunningTask { try await bucket.run(onListening: $0) }
        self.bucket = bucket
    }

    private func get() throws -> HTTPProbe.Answer { try HTTPProbe.send("GET", to: server.url, "/backups/big") }

    /// A connection that stays open, and a request for the content.
    private func connect() throws -> RawConnection { try RawConnection(to: UInt16(server.port)) }

    private let request = "GET /backups/big HTTP/1.1\r\nHost: x\r\n\r\n"
    private let smallRequest = "HEAD /backups/big HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("hands everything over where nothing is to go wrong")
    func sound() throws {
        #expect(try get().body == Self.content)
    }

    @Test("resets each connection after so many bytes, until that is over")
    func reset() async throws {
        try await bucket.apply(ServerFaults(resetByteCount: 300_000))
        let connection = try connect()
        try connection.send(request)
        #expect(try connection.read(atLeast: 1 << 20).count <= 300_000)
        #expect(connection.wasReset)
        try await bucket.apply(ServerFaults())
        #expect(try get().body == Self.content)
    }

    @Test("falls silent after so many bytes, and leaves the connection open, also where the client wanted it closed")
    func silent() async throws {
        try await bucket.apply(ServerFaults(silentByteCount: 300_000))
        let connection = try connect()
        try connection.send("GET /backups/big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(try connection.read(atLeast: 300_000).count == 300_000)
        #expect(!connection.ends(within: 0.3))
        try await server.stop()
        #expect(connection.ends(within: 5))
    }

    @Test("answers 503 so many times, also on connections that are open")
    func busy() async throws {
        let connection = try connect()
        try connection.send(smallRequest)
        #expect(connection.read(untilSuffix: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        try await bucket.apply(ServerFaults(busyCount: 3))
        try connection.send(smallRequest)
        #expect(connection.read().hasPrefix("HTTP/1.1 503"))
        #expect(bucket.faults.busyCount == 2)
        #expect(try [get(), get(), get()].map(\.status) == [503, 503, 200])
    }

    @Test("refuses connections while it is down, and ends those that are open")
    func down() async throws {
        let connection = try connect()
        try connection.send(smallRequest)
        #expect(connection.read(untilSuffix: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        for _ in 0..<3 {
            try await bucket.apply(ServerFaults(isDown: true))
            // A child of this process that is just being started holds the socket until it is another program.
            try await eventually("connections are refused") { (try? connect()) == nil }
            try await bucket.apply(ServerFaults())
            #expect(try get().status == 200)
        }
        #expect(connection.ends(within: 5) && connection.wasReset)
    }

    @Test("begins where it is down, and has its port to itself meanwhile")
    func downFromTheStart() async throws {
        let bucket = FaultyBucket(BucketServer([:]), ServerFaults(isDown: true))
        let server = try await RunningTask { try await bucket.run(onListening: $0) }
        #expect(throws: PartFailure.self) { try HTTPProbe.send("GET", to: server.url, "/x") }
        try await bucket.apply(ServerFaults())
        #expect(try HTTPProbe.send("GET", to: server.url, "/x?list-type=2").status == 404)
    }

    @Test("goes by the last of changes that come at once")
    func order() async throws {
        for isDown in [false, true, false] {
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask { try? await bucket.apply(ServerFaults(isDown: index % 2 == 0)) }
                }
            }
            try await bucket.apply(ServerFaults(isDown: isDown))
            #expect((try? get().status) == (isDown ? nil : 200))
        }
    }

    @Test("changes the server's clock")
    func clock() async throws {
        try await bucket.apply(ServerFaults(clockOffset: .seconds(-3600)))
        let text = try #require(try get().headers["Date"])
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        let date = try #require(formatter.date(from: text))
        #expect(abs(date.timeIntervalSinceNow + 3600) < 60)
    }

    @Test("stops at once while a client reads, and leaves no port")
    func stopped() async throws {
        let connection = try connect()
        try connection.send(request)
        _ = try connection.read(atLeast: 1)
        try await server.stop()
        #expect(connection.ends(within: 5))
        #expect(throws: PartFailure.self) { try connect() }
        // A port that is left behind can't be taken anew.
        let proxy = FaultProxy()
        let port = server.port
        let other = try await RunningTask { try await proxy.run(port: port, to: 1, onListening: $0) }
        #expect(other.port == port)
    }

    @Test("is one of several at the same time")
    func several() async throws {
        let other = FaultyBucket(BucketServer(["other": try await DirectoryStore(root: folder.path)]))
        let second = try await RunningTask { try await other.run(onListening: $0) }
        try await bucket.apply(ServerFaults(isDown: true))
        #expect(try HTTPProbe.send("GET", to: second.url, "/other/big").body == Self.content)
        #expect(throws: PartFailure.self) { try get() }
    }
}

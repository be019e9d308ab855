import HTTPServing
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

@Suite("An HTTP server", .ownThread)
struct HTTPServerTests {
    private struct Failure: Error {}

    private let server: RunningTask

    init() async throws { server = try await Self.start() }

    /// Answers with the path, and as some paths say.
    private static func respond(_ request: HTTPRequestHead, _ writer: ResponseWriter) async throws {
        let path = RequestTarget(request.uri).path
        let body = ByteBuffer(string: path)
        switch path {
        case "/unsized":
            writer.begin(.ok, [:])
            if !writer.isForHead { try await writer.write(body) }
        case "/broken":
            writer.begin(.ok, ["Content-Length": "100"])
            try await writer.write(body)
            throw Failure()
        case "/slow":
            writer.begin(.ok, ["Content-Length": "5"])
            try await writer.write(ByteBuffer())
            try await Task.sleep(for: .milliseconds(500))
            try await writer.write(body)
        case "/stuck":
            writer.begin(.ok, ["Content-Length": "5"])
            try await writer.write(ByteBuffer())
            try await Task.sleep(for: .seconds(3600))
        default: writer.send(.ok, [:], body)
        }
    }

    private static func start(
        maxConnectionCount: Int = 512,
        graceTime: Duration = .zero,
        _ respond: @escaping HTTPServer.Responder = respond
    ) async throws -> RunningTask {
        let server = HTTPServer(port: 0, maxConnectionCount: maxConnectionCount, graceTime: graceTime)
        return try await RunningTask { try await server.run(onListening: $0, respond) }
    }

    private static func connect(to server: RunningTask) throws -> RawConnection {
        try RawConnection(to: UInt16(server.port))
    }

    private static func request(
        _ path: String,
        _ method: String = "GET",
        version: String = "1.1",
        _ rest: String = "\r\n"
    )
        -> String
    { "\(method) \(path) HTTP/\(version)\r\nHost: test\r\n\(rest)" }

    @Test("answers the requests of a connection one after the other, also those that come at once")
    func keptAlive() throws {
        let connection = try Self.connect(to: server)
        try connection.send(Self.request("/slow") + Self.request("/b"))
        let text = connection.read(untilSuffix: "/b")
        #expect(text.contains("/slow") && !text.contains("Connection:"))
        try connection.send(Self.request("/c"))
        #expect(connection.read(untilSuffix: "/c").hasSuffix("/c"))
    }

    @Test(
        "closes a connection whose client wants that",
        arguments: [
            request("/a", version: "1.0"), request("/a", "GET", "Connection: close\r\n\r\n"),
        ]
    )
    func closed(request: String) throws {
        let connection = try Self.connect(to: server)
        try connection.send(request)
        let text = connection.read()
        #expect(text.hasSuffix("/a") && text.contains("Connection: close\r\n"))
    }

    @Test("keeps a connection of HTTP 1.0 where its client wants that")
    func oldKeptAlive() throws {
        let connection = try Self.connect(to: server)
        for path in ["/a", "/b"] {
            try connection.send(Self.request(path, version: "1.0", "Connection: keep-alive\r\n\r\n"))
            #expect(connection.read(untilSuffix: path).contains("Connection: keep-alive\r\n"))
        }
    }

    @Test("ends a body without a length with its connection, and answers HEAD without a body")
    func unsized() throws {
        let connection = try Self.connect(to: server)
        for path in ["/unsized", "/a"] {
            try connection.send(Self.request(path, "HEAD"))
            #expect(connection.read(untilSuffix: "\r\n\r\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        try connection.send(Self.request("/unsized"))
        let text = connection.read()
        #expect(text.hasSuffix("\r\n\r\n/unsized") && text.contains("Connection: close"))
    }

    @Test("breaks a connection off whose response can't be sent to its end")
    func broken() throws {
        let connection = try Self.connect(to: server)
        try connection.send(Self.request("/broken"))
        #expect(connection.read().hasSuffix("/broken"))
    }

    @Test("passes over a small body, and refuses a large one")
    func bodies() throws {
        let connection = try Self.connect(to: server)
        try connection.send(Self.request("/a", "POST", "Content-Length: 4\r\n\r\nbody"))
        #expect(connection.read(untilSuffix: "/a").hasPrefix("HTTP/1.1 200"))
        try connection.send(
            Self.request("/b", "POST", "Content-Length: 100000\r\n\r\n") + String(repeating: "x", count: 70_000)
        )
        #expect(connection.read(untilSuffix: "\r\n\r\n").hasPrefix("HTTP/1.1 413"))
    }

    @Test("answers what is no HTTP with 400", arguments: ["nothing\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n"])
    func odd(text: String) throws {
        let connection = try Self.connect(to: server)
        try connection.send(text)
        #expect(connection.read().hasPrefix("HTTP/1.1 400"))
    }

    @Test("answers a client that has ended its side")
    func halfClosed() throws {
        let connection = try Self.connect(to: server)
        try connection.send(Self.request("/slow"))
        connection.endSending()
        #expect(connection.read().hasSuffix("/slow"))
    }

    @Test("cancels the response to a client that has gone")
    func gone() async throws {
        let isCancelled = Mutex(false)
        let server = try await Self.start { _, writer in
            writer.begin(.ok, [:])
            // A client that has gone is noticed when bytes are sent to it.
            while !Task.isCancelled {
                try? await writer.write(ByteBuffer(string: "x"))
                try? await Task.sleep(for: .milliseconds(1))
            }
            isCancelled.withLock { $0 = true }
        }
        do {
            let connection = try Self.connect(to: server)
            try connection.send()
            _ = try connection.read(atLeast: 1)
        }
        try await eventually("it is cancelled") { isCancelled.withLock(\.self) }
    }

    @Test("takes no more connections than it may, until one is closed")
    func limited() async throws {
        let server = try await Self.start(maxConnectionCount: 1)
        var first: RawConnection? = try Self.connect(to: server)
        #expect(try first?.ask(untilSuffix: "/").hasSuffix("/") == true)
        let second = try Self.connect(to: server)
        try second.send()
        #expect(!second.ends(within: 0.2))
        first = nil
        #expect(second.read(untilSuffix: "/").hasSuffix("/"))
    }

    @Test("stops at once, and leaves no port")
    func stopped() async throws {
        let connection = try Self.connect(to: server)
        try connection.send(Self.request("/stuck"))
        _ = try connection.read(atLeast: 1)
        try await server.stop()
        #expect(connection.ends(within: 5))
        #expect(throws: PartFailure.self) { try Self.connect(to: server) }
    }

    @Test("ends what is running before it stops, for a while")
    func graceful() async throws {
        let server = try await Self.start(graceTime: .seconds(60))
        let (idle, busy) = (try Self.connect(to: server), try Self.connect(to: server))
        try busy.send(Self.request("/slow"))
        _ = try busy.read(atLeast: 1)
        // Not on this thread, which the connections block.
        let end = Task.detached { try await server.stop() }
        #expect(idle.ends(within: 5))
        #expect(busy.read().hasSuffix("/slow"))
        try await end.value
        let hasty = try await Self.start(graceTime: .milliseconds(100))
        let stuck = try Self.connect(to: hasty)
        try stuck.send(Self.request("/stuck"))
        _ = try stuck.read(atLeast: 1)
        try await hasty.stop()
        #expect(stuck.ends(within: 5))
    }
}

@Suite("The target of a request")
struct RequestTargetTests {
    @Test(
        "has a path and parameters",
        arguments: [
            ("/", "/", [:]), ("/a%20b?c=d%2fe+f&c=g&h&=i", "/a%20b", ["c": "d/e f", "h": "", "": "i"]), ("", "/", [:]),
            ("http://host:80/a?b=c", "/a", ["b": "c"]), ("http://host", "/", [:]), ("?a=%ff", "/", ["a": "%ff"]),
        ]
    )
    func parts(text: String, path: String, parameters: [String: String]) {
        let target = RequestTarget(text)
        #expect(target.path == path && target.parameters == parameters)
    }
}

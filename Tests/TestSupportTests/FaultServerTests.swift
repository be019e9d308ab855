import Foundation
import TestSupport
import Testing

/// The faults are what the tests of S3's clients rely on: each must be what it says.
@Suite(.ownThread) struct FaultServerTests {
    private let body = Array("0123456789".utf8)

    @Test func answersAndRecords() throws {
        let body = body
        let server = try FaultServer { request in
            request.path == "/known" ? .init(headers: ["X-Is": "it"], body: body) : .init(404)
        }
        let answer = try HTTPProbe.send("POST", to: server.origin, "/known?a=b", headers: ["X-A": "b"], body: [1, 2])
        #expect(answer.status == 200)
        #expect(answer.headers["x-is"] == "it")
        #expect(answer.body == body)
        #expect(try HTTPProbe.send(to: server.origin, "/unknown").status == 404)
        #expect(try HTTPProbe.send("HEAD", to: server.origin, "/known").headers["Content-Length"] == "10")

        #expect(server.requests.map(\.index) == [0, 1, 2])
        #expect(server.requests.map(\.connection) == [0, 1, 2])
        #expect(server.requests.map(\.method) == ["POST", "GET", "HEAD"])
        #expect(server.requests[0].target == "/known?a=b")
        #expect(server.requests[0].headers["x-a"] == "b")
        #expect(server.requests[0].body == [1, 2])
    }

    @Test func keepsConnectionsAlive() throws {
        let server = try FaultServer { .init(body: "\($0.index)".utf8) }
        let connection = try RawConnection(to: server.port)
        #expect(try connection.ask(untilSuffix: "\r\n\r\n0").hasSuffix("0"))
        #expect(try connection.ask(untilSuffix: "\r\n\r\n1").hasSuffix("1"))
        #expect(server.connectionCount == 1)
    }

    @Test func sendsChunks() throws {
        let long = Array(repeating: UInt8(7), count: 20_000)
        let server = try FaultServer { _ in .init(body: long, framing: .chunks) }
        #expect(try HTTPProbe.send(to: server.origin, "/").body == long)
    }

    @Test(arguments: [FaultServer.Response.Framing.length, .claimedLength(11), .chunks, .end])
    func cutsTheBody(_ framing: FaultServer.Response.Framing) throws {
        let body = body
        let server = try FaultServer { _ in .init(body: body, framing: framing).cut(after: 4, then: .close) }
        let received = try RawConnection(to: server.port).ask()
        #expect(received.contains("0123"))
        #expect(!received.contains("5"))
        #expect(!received.hasSuffix("0\r\n\r\n"))
    }

    @Test func leavesOutTheLastChunk() throws {
        let body = body
        let server = try FaultServer { _ in .init(body: body, framing: .chunks).cut(after: 10, then: .close) }
        #expect(try RawConnection(to: server.port).ask().hasSuffix("\r\na\r\n0123456789\r\n"))
    }

    @Test func resets() throws {
        let body = body
        let server = try FaultServer { _ in .init(body: body).cut(after: 4) }
        let connection = try RawConnection(to: server.port)
        #expect(try connection.ask().hasSuffix("0123"))
        #expect(connection.wasReset)
    }

    @Test func claimsTooMuch() throws {
        let body = body
        let response = FaultServer.Response(body: body, framing: .claimedLength(11)).cut(after: 10, then: .close)
        let server = try FaultServer { _ in response }
        #expect(throws: PartFailure.self) { try HTTPProbe.send(to: server.origin, "/") }
    }

    @Test(arguments: [FaultServer.Response.silence, .init(body: [1, 2]).cut(after: 1, then: .stall)])
    func stallsUntilItIsStopped(_ response: FaultServer.Response) throws {
        let server = try FaultServer { _ in response }
        let connection = try RawConnection(to: server.port)
        try connection.send()
        #expect(!connection.ends(within: 0.2))
        server.stop()
        #expect(connection.ends(within: 5))
        #expect(throws: PartFailure.self) { try HTTPProbe.send(to: server.origin, "/") }
    }

    @Test func neverEnds() throws {
        let body = body
        let server = try FaultServer { _ in .init(body: body, framing: .chunks).endless() }
        let connection = try RawConnection(to: server.port)
        try connection.send()
        #expect(try connection.read(atLeast: 1_000_000).count >= 1_000_000)
    }

    @Test func speaksNoHTTP() throws {
        let server = try FaultServer { _ in .raw("SSH-2.0-x\r\n".utf8) }
        #expect(try RawConnection(to: server.port).ask() == "SSH-2.0-x\r\n")
    }

    @Test func closesAtOnce() throws {
        let server = try FaultServer { _ in .closed }
        #expect(try RawConnection(to: server.port).ask().isEmpty)
    }

    @Test func answersLater() throws {
        let server = try FaultServer { _ in .init(204).delayed(by: .milliseconds(100)) }
        let start = ContinuousClock.now
        #expect(try HTTPProbe.send(to: server.origin, "/").status == 204)
        #expect(ContinuousClock.now - start >= .milliseconds(100))
    }

    @Test func refuses() throws {
        let port = try RefusingPort()
        #expect(throws: PartFailure.self) { try HTTPProbe.send(to: port.origin, "/") }
    }
}

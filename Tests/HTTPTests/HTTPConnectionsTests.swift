import Foundation
import TestSupport
import Testing

@testable import HTTP

@Suite("Connections")
struct HTTPConnectionsTests {
    private func request(_ origin: String, idle: Duration = .seconds(10)) throws -> HTTPRequest {
        let base = try #require(HTTPBase(origin))
        return HTTPRequest(
            .get,
            base.origin,
            target: "/a%20b/../c//d?x=%2F",
            timeLimits: HTTPTimeLimits(connecting: .seconds(10), idle: idle)
        )
    }

    @Test("send the target as it stands")
    func target() async throws {
        let server = try FaultServer { _ in .init(200, body: [1, 2]) }
        let response = try await HTTPConnections().response(to: request(server.origin))
        #expect(response.status == 200 && response.body == [1, 2])
        #expect(server.requests.map(\.target) == ["/a%20b/../c//d?x=%2F"])
    }

    @Test("are kept open for the next request")
    func keptOpen() async throws {
        let server = try FaultServer { _ in .init(200) }
        let connections = HTTPConnections()
        for _ in 0..<3 { _ = try await connections.response(to: request(server.origin)) }
        #expect(server.connectionCount == 1)
    }

    @Test("follow no redirect")
    func redirects() async throws {
        let server = try FaultServer { _ in .init(302, headers: ["Location": "/elsewhere"]) }
        #expect(try await HTTPConnections().response(to: request(server.origin)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("call nothing a cancellation that nobody asked for")
    func dropped() throws {
        let request = try request("http://127.0.0.1:1")
        let error = HTTPError(CancellationError(), of: request)
        #expect(error == .broken(request.origin, reason: "the request was cancelled"))
    }

    @Test("give up on a server that is silent, before its response and in the middle of it")
    func silence() async throws {
        for response in [FaultServer.Response.silence, .init(200, body: [1, 2, 3]).cut(after: 1, then: .stall)] {
            let server = try FaultServer { _ in response }
            let error = await #expect(throws: HTTPError.self) {
                // The first limit is for what comes before the response, both together.
                var request = try request(server.origin, idle: .seconds(1))
                request.timeLimits.connecting = .seconds(1)
                return try await HTTPConnections().response(to: request)
            }
            #expect(error?.isTransient == true)
            #expect(error?.description.contains("sent nothing for 1 s") == true, "\(String(describing: error))")
        }
    }

    @Test("go through the proxy of the environment, but for what NO_PROXY names")
    func proxies() async throws {
        let proxy = try FaultServer { request in
            // What it sends behind its consent comes from the server already.
            request.method == "CONNECT" ? .init(200) : .init(200, body: Array("by proxy".utf8))
        }
        let environment = ["http_proxy": proxy.origin, "NO_PROXY": "other.invalid, .internal.invalid"]
        let connections = HTTPConnections(proxies: ProxyEnvironment(environment))
        let response = try await connections.response(to: request("http://s3.invalid"))
        #expect(response.text == "by proxy")
        // The library has plain HTTP tunnelled, too.
        #expect(proxy.requests.map(\.target) == ["s3.invalid:80", "/a%20b/../c//d?x=%2F"])
        for host in ["other.invalid", "s3.internal.invalid"] {
            await #expect(throws: HTTPError.cannotResolve(host: host)) {
                try await connections.response(to: request("http://\(host)"))
            }
        }
        #expect(proxy.requests.count == 2)
    }

    @Test("name the proxy and its variable where that is what fails", arguments: [true, false])
    func failingProxies(isSecure: Bool) async throws {
        let (variable, url) = isSecure ? ("https_proxy", "https://s3.invalid") : ("HTTP_PROXY", "http://s3.invalid")
        func failure(_ proxy: String) async throws -> HTTPError? {
            let connections = HTTPConnections(proxies: ProxyEnvironment([variable: proxy]))
            return await #expect(throws: HTTPError.self) { try await connections.response(to: request(url)) }
        }
        for (status, reason) in [
            (407, "wants a user name and a password, or other ones"), (403, "refuses to connect to it"),
        ] {
            let proxy = try FaultServer { _ in .init(status) }
            let error = try await failure(proxy.origin)
            #expect(error?.description == "no way to \(url): the proxy \(proxy.origin) (\(variable)) \(reason)")
        }
        let port = try RefusingPort()
        let error = try await failure("http://me:SECRET@\(port.origin.dropFirst(7))")
        #expect(error?.description == "no way to \(url): the proxy \(port.origin) (\(variable)) refuses connections")
        let unknown = try await failure("http://snapsh-proxy.invalid:3128")
        #expect(unknown?.description.contains("(\(variable)) can't be found") == true, "\(String(describing: unknown))")
    }

    @Test("name the proxy that may have sent a page in the server's place, where the connection is plain")
    func pagesOfProxies() async throws {
        let proxy = try FaultServer { request in
            request.method == "CONNECT" ? .init(200) : .init(502, body: Array("<html>".utf8))
        }
        let connections = HTTPConnections(proxies: ProxyEnvironment(["http_proxy": proxy.origin]))
        let response = try await connections.response(to: request("http://s3.invalid"))
        #expect(response.status == 502 && response.head.proxy == "the proxy \(proxy.origin) (http_proxy)")
        let server = try FaultServer { _ in .init(200) }
        #expect(try await connections.response(to: request(server.origin)).head.proxy == nil)
        let secure = HTTPConnections(proxies: ProxyEnvironment(["https_proxy": proxy.origin]))
        let error = await #expect(throws: HTTPError.self) {
            try await secure.response(to: request("https://s3.invalid"))
        }
        let start = "no way to https://s3.invalid: the proxy \(proxy.origin) (https_proxy) "
        #expect(error?.description.hasPrefix(start) == true, "\(String(describing: error))")
    }

    @Test(
        "say that a server wants TLS, as its words say it",
        arguments: [
            "Client sent an HTTP request to an HTTPS server.\n",
            "<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
        ]
    )
    func secureServersThatAnswer(text: String) async throws {
        let server = try FaultServer { _ in .init(400, body: Array(text.utf8)) }
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPConnections().response(to: request(server.origin))
        }
        #expect(error?.description == "\(server.origin) speaks TLS")
        let other = try FaultServer { _ in .init(400, body: Array("no".utf8)) }
        #expect(try await HTTPConnections().response(to: request(other.origin)).status == 400)
    }

    @Test("never say that a server wants TLS that only ends connections")
    func silentServers() async throws {
        let plain = try FaultServer { _ in .closed }
        let broken = await #expect(throws: HTTPError.self) {
            try await HTTPConnections().response(to: request(plain.origin))
        }
        if case .withTLS? = broken { Issue.record("\(plain.origin) speaks no TLS") }
    }

    @Test("are never through a proxy to this machine itself, nor where a request says so")
    func withoutProxy() async throws {
        let proxy = try FaultServer { _ in .init(200) }
        let server = try FaultServer { _ in .init(204) }
        let connections = HTTPConnections(proxies: ProxyEnvironment(["HTTP_PROXY": proxy.origin]))
        #expect(try await connections.response(to: request(server.origin)).status == 204)
        var direct = try request("http://metadata.invalid")
        direct.mayUseProxy = false
        await #expect(throws: HTTPError.cannotResolve(host: "metadata.invalid")) {
            try await connections.response(to: direct)
        }
        #expect(proxy.requests.isEmpty)
    }

    @Test("take no response without an end, and end with their task")
    func endless() async throws {
        let server = try FaultServer { _ in
            .init(200, body: [UInt8](repeating: 7, count: 8000), framing: .chunks).endless()
        }
        await #expect(throws: HTTPError.self) { try await HTTPConnections().response(to: request(server.origin)) }
        let silent = try FaultServer { _ in .silence }
        let task = Task { try await HTTPConnections().response(to: request(silent.origin)) }
        try await eventually("the request is there") { silent.requests.count == 1 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

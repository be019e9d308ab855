import Backups
import TestSupport
import Testing
import Text

@testable import HTTP

@Suite("Connections of a closed world", .ownThread)
struct ClosedWorldConnectionsTests {
    private func world(
        _ ports: [String: UInt16],
        closed: [String] = []
    ) throws -> ClosedWorld {
        var world = ClosedWorld(name: "service-gone", folder: "/s", home: "/s/home")
        for (place, port) in ports { world.ports[try #require(HostAndPort(place))] = Int(port) }
        for place in closed { world.closedPorts.insert(try #require(HostAndPort(place))) }
        return world
    }

    private func request(_ url: String) throws -> HTTPRequest {
        let base = try #require(HTTPBase(url))
        return HTTPRequest(.get, base.origin, target: "/a", timeLimits: HTTPTimeLimits(idle: .seconds(10)))
    }

    @Test("lead to the port that stands for a server, which is asked by its own name")
    func routes() async throws {
        let server = try FaultServer { _ in .init(200, body: [7]) }
        let connections = HTTPConnections(
            world: try world(["foo-backup-sidecar:19999": server.port, "s3.test:80": server.port])
        )
        let hosts = ["foo-backup-sidecar:19999", "foo-backup-sidecar.prod.svc.cluster.local:19999", "s3.test"]
        for host in hosts {
            let response = try await connections.response(to: request("http://\(host)"))
            #expect(response.body == [7])
        }
        #expect(server.requests.map { $0.headers["Host"] } == hosts)
    }

    @Test("refuse all else, and nothing is sent, not to this machine and not to a proxy")
    func refusal() async throws {
        let (server, proxy) = (try FaultServer { _ in .init(200) }, try FaultServer { _ in .init(200) })
        let world = try world(["foo-backup-sidecar:19999": server.port])
        let connections = HTTPConnections(
            proxies: ProxyEnvironment(["http_proxy": proxy.origin, "https_proxy": proxy.origin]),
            world: world
        )
        let urls = [
            server.origin, "http://localhost:\(server.port)", "http://169.254.169.254", "https://sts.amazonaws.com",
            "http://foo-backup-sidecar", "http://[::1]:19999",
        ]
        for url in urls {
            await #expect(throws: ClosedWorldError(.reach, url, in: world)) {
                try await connections.response(to: request(url))
            }
        }
        #expect(server.connectionCount == 0 && proxy.connectionCount == 0)
        _ = try await connections.response(to: request("http://foo-backup-sidecar:19999"))
        #expect(server.connectionCount == 1 && proxy.connectionCount == 0)
    }

    @Test("are refused where the world has the server and it does not answer")
    func silence() async throws {
        let server = try FaultServer { _ in .init(200) }
        let gone = "http://foo-backup-sidecar:19999"
        let closed = HTTPConnections(
            world: try world([:], closed: ["foo-backup-sidecar:19999", "127.0.0.1:\(server.port)"])
        )
        for url in [gone, server.origin] {
            let request = try request(url)
            await #expect(throws: HTTPError.refused(request.origin)) { try await closed.response(to: request) }
        }
        #expect(server.connectionCount == 0)
        let request = try request(gone)
        let port = try RefusingPort()
        let dead = HTTPConnections(world: try world(["foo-backup-sidecar:19999": port.port]))
        await #expect(throws: HTTPError.refused(request.origin)) { try await dead.response(to: request) }
    }

    @Test("check the certificate of a server by its own name")
    func secure() async throws {
        let server = try FaultServer { _ in .init(200, body: [7]) }
        let nginx = try NginxServer(upstream: server.origin, names: ["s3.test"])
        let connections = HTTPConnections(
            files: TLSFiles(authorities: nginx.authority.file),
            world: try world(["s3.test:443": nginx.port, "other.test:443": nginx.port])
        )
        #expect(try await connections.response(to: request("https://s3.test")).body == [7])
        let other = try request("https://other.test")
        await #expect(throws: HTTPError.misnamed(other.origin)) { try await connections.response(to: other) }
        #expect(server.requests.count == 1)
    }
}

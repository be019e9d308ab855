import AsyncHTTPClient
package import Backups
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization
import Text

/// The connections to servers, kept open between requests: up to 16 at once for each origin.
///
/// Redirects are never followed here: who signed a request knows whether it may be sent to another place.
package final class HTTPConnections: Sendable {
    /// How many requests to one origin go over connections of their own; more wait for one.
    package static let countPerOrigin = 16

    private let files: TLSFiles
    private let proxies: ProxyEnvironment
    /// Where requests may go, if not everywhere.
    private let world: ClosedWorld?
    private let clients = Mutex<[Way: HTTPClient]>([:])
    /// The servers that were asked whether they speak TLS.
    private let asked = Mutex<Set<HTTPOrigin>>([])

    /// What requests must have in common to share connections.
    private struct Way: Hashable {
        var proxy: HTTPProxy?
        /// The host that is this machine in a closed world.
        var host: String?
        var timeLimits: HTTPTimeLimits
    }

    /// - Parameters:
    ///   - files: What TLS is spoken with, where it is not the system's.
    ///   - proxies: Which proxies the user's environment names.
    ///   - world: Where requests may go, if not everywhere; no proxy is in it.
    package init(
        files: TLSFiles = TLSFiles(),
        proxies: ProxyEnvironment = ProxyEnvironment([:]),
        world: ClosedWorld? = nil
    ) {
        self.files = files
        self.proxies = world == nil ? proxies : ProxyEnvironment([:])
        self.world = world
    }

    deinit {
        for client in clients.withLock({ Array($0.values) }) { client.shutdown { _ in } }
    }

    /// Sends a request and reads the whole response.
    ///
    /// - Throws: `HTTPError`, `TLSFileError`, `ProxyError`, `ClosedWorldError` and `CancellationError`.
    package func response(to request: HTTPRequest) async throws -> HTTPResponse {
        var body: [UInt8] = []
        let head = try await send(request) { _, bytes in
            guard body.count + bytes.count <= HTTPResponse.maxBodyByteCount else {
                throw HTTPError.tooLong(request.origin, byteCount: HTTPResponse.maxBodyByteCount)
            }
            body += bytes
        }
        return HTTPResponse(head, body: body)
    }

    /// Sends a request and hands over the body as it comes.
    ///
    /// - Parameter sink: Called for each piece of the body, in order; the bytes are valid during the call only. What it
    ///   throws ends the transfer and is rethrown.
    /// - Returns: What the response began with, when its end has come.
    /// - Throws: `HTTPError`, `TLSFileError`, `ProxyError`, `ClosedWorldError` and `CancellationError`.
    @discardableResult
    package func send(
        _ request: HTTPRequest,
        into sink: (HTTPHead, UnsafeRawBufferPointer) throws -> Void
    ) async throws -> HTTPHead {
        let address = try address(of: request.origin)
        let proxy = request.mayUseProxy ? try proxies.proxy(for: request.origin) : nil
        let client = try await client(for: request, through: proxy)
        var sent = HTTPClientRequest(url: "\(address)\(request.target)")
        sent.method = HTTPMethod(rawValue: request.method.rawValue)
        sent.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if address != request.origin { sent.headers.replaceOrAdd(name: "Host", value: request.origin.authority) }
        if !request.body.isEmpty { sent.body = .bytes(request.body) }

        let response: HTTPClientResponse
        do {
            let limits = request.timeLimits
            response = try await client.execute(
                sent,
                deadline: .now() + .nanoseconds((limits.connecting + limits.idle).nanoseconds)
            )
        } catch {
            let failure = Self.readable(error, request, connectingThrough: proxy)
            if proxy == nil, await speaksTLS(request.origin, after: failure) { throw HTTPError.withTLS(request.origin) }
            throw failure
        }
        var head = HTTPHead(
            status: Int(response.status.code),
            headers: response.headers.map { HTTPField($0.name, $0.value) }
        )
        // Over TLS no proxy can answer in the server's place.
        if !request.origin.isSecure { head.proxy = proxy?.name }
        if head.status == 407, let proxy {
            throw HTTPError.proxyLogin(request.origin).through(proxy, whileConnecting: true)
        }
        do {
            for try await piece in response.body {
                try piece.withUnsafeReadableBytes { bytes in
                    if head.status == 400, !request.origin.isSecure, Self.asksForTLS(bytes) {
                        throw HTTPError.withTLS(request.origin)
                    }
                    do { try sink(head, bytes) } catch { throw SinkStopped(reason: error) }
                }
            }
        } catch let stopped as SinkStopped {
            throw stopped.reason
        } catch {
            throw Self.readable(error, request)
        }
        return head
    }

    /// What the sink threw: no failure of the connection.
    private struct SinkStopped: Error {
        var reason: any Error
    }

    /// - Parameter proxy: What the connection was to go through, where there was none yet.
    private static func readable(
        _ error: any Error,
        _ request: HTTPRequest,
        connectingThrough proxy: HTTPProxy? = nil
    ) -> any Error {
        // What a library calls a cancellation is one only if our task was cancelled: else a failure of the way.
        if Task.isCancelled { return CancellationError() }
        let failure = HTTPError(error, of: request)
        if let proxy, case .cannotResolve(let host) = failure, host == proxy.host {
            return HTTPError.proxy(
                request.origin,
                name: proxy.name,
                variable: proxy.variable,
                reason: "can't be found: its host name can't be resolved"
            )
        }
        return failure.through(proxy, whileConnecting: proxy != nil)
    }

    /// Whether a server that ended a plain connection without a response speaks TLS there: most say nothing else.
    ///
    /// It is asked once, without anything of the request.
    private func speaksTLS(_ origin: HTTPOrigin, after failure: any Error) async -> Bool {
        switch failure {
        case HTTPError.broken, HTTPError.notHTTP: break
        default: return false
        }
        guard world == nil, !origin.isSecure, asked.withLock({ $0.insert(origin).inserted }) else { return false }
        let secure = HTTPOrigin(isSecure: true, host: origin.host, port: origin.port ?? 80)
        var request = HTTPRequest(.head, secure, target: "/")
        request.mayUseProxy = false
        request.timeLimits.idle = .seconds(2)
        do {
            _ = try await send(request) { head, _ in throw HeadIsEnough(head: head) }
            return true
        } catch {
            switch error {
            case is HeadIsEnough, HTTPError.untrusted, HTTPError.misnamed: return true
            default: return false
            }
        }
    }

    /// Whether the response to a plain request says that TLS was expected: as Go's server, nginx and Apache say it.
    private static func asksForTLS(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: bytes.prefix(2000), as: UTF8.self)
        return [
            "HTTP request to an HTTPS server", "plain HTTP request was sent to HTTPS port",
            "plain HTTP to an SSL-enabled server port",
        ].contains { text.contains($0) }
    }

    /// Where a request goes: in a closed world to the port that stands for the server, by the server's name.
    ///
    /// - Throws: `ClosedWorldError`; `HTTPError.refused` where the world has the place and nothing answers there.
    private func address(of origin: HTTPOrigin) throws -> HTTPOrigin {
        guard let world else { return origin }
        switch world.route(to: origin.hostAndPort) {
        case .port(let port): return HTTPOrigin(isSecure: origin.isSecure, host: origin.host, port: port)
        case .refused: throw HTTPError.refused(origin)
        case .outside: throw ClosedWorldError(.reach, "\(origin)", in: world)
        }
    }

    // MARK: - Clients

    private func client(for request: HTTPRequest, through proxy: HTTPProxy?) async throws -> HTTPClient {
        let way = Way(
            proxy: proxy,
            host: world.map { _ in request.origin.hostAndPort.host },
            timeLimits: request.timeLimits
        )
        if let client = clients.withLock({ $0[way] }) { return client }
        let configuration = try await configuration(way)
        return clients.withLock { clients in
            // Another request may have made it meanwhile.
            if let client = clients[way] { return client }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[way] = client
            return client
        }
    }

    /// The library's 64 KiB at once cost more in its own turns than they save.
    private static let pieceByteCount = 256 << 10

    @Sendable
    private static func readsLargePieces(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: pieceByteCount))
    }

    private func configuration(_ way: Way) async throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(
            connect: .nanoseconds(way.timeLimits.connecting.nanoseconds),
            read: .nanoseconds(way.timeLimits.idle.nanoseconds)
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.countPerOrigin
        // The caller decides whether to try again, and reports it.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = Self.readsLargePieces
        if let host = way.host { configuration.dnsOverride[host] = "127.0.0.1" }
        if let tls = try await files.configuration() { configuration.tlsConfiguration = tls }
        configuration.proxy = way.proxy.map { proxy in
            .server(
                host: proxy.host,
                port: proxy.port,
                authorization: proxy.credentials.map { .basic(username: $0.user, password: $0.password) }
            )
        }
        return configuration
    }
}

extension Duration {
    /// Whole nanoseconds, in a number that holds 292 years of them.
    fileprivate var nanoseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}

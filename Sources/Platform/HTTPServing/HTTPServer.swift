import NIOCore
package import NIOHTTP1
import NIOPosix
package import NIOSSL

/// An HTTP/1.1 server. Each request is a task; the requests of one connection are answered one after the other.
package struct HTTPServer: Sendable {
    /// Writes the response to one request, whose body is not handed over. The response ends when it returns.
    ///
    /// Where it throws, the connection is closed: no client takes a part for the whole. It is cancelled when the
    /// connection is closed.
    package typealias Responder = @Sendable (_ request: HTTPRequestHead, _ writer: ResponseWriter) async throws -> Void

    private let host: String
    private let port: Int
    private let tls: NIOSSLContext?
    private let maxConnectionCount: Int
    private let graceTime: Duration

    /// A connection without a request is closed after so long.
    private static let idleTimeLimit: TimeAmount = .seconds(60)

    /// - Parameters:
    ///   - host: A name or an address of this machine; an IPv6 address without brackets.
    ///   - port: 0 for any that is free.
    ///   - tls: `nil` for plain HTTP.
    ///   - maxConnectionCount: More connections wait until one of these is closed.
    ///   - graceTime: How long running responses may continue when the server is asked to stop.
    package init(
        host: String = "127.0.0.1",
        port: Int,
        tls: NIOSSLContext? = nil,
        maxConnectionCount: Int = 512,
        graceTime: Duration = .zero
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.maxConnectionCount = maxConnectionCount
        self.graceTime = graceTime
    }

    /// Serves until its task is cancelled, or until its socket is closed by something else.
    ///
    /// - Parameter onListening: Gets the port once requests are answered there.
    /// - Throws: What listening throws: `IOError`, `SocketAddressError`.
    package func run(
        onListening: @escaping @Sendable (_ port: Int) async -> Void,
        _ respond: @escaping Responder
    ) async throws {
        let connections = OpenConnections()
        let (tls, maxConnectionCount) = (tls, maxConnectionCount)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelInitializer { listener in
                listener.eventLoop.makeCompletedFuture {
                    try listener.pipeline.syncOperations.addHandler(ConnectionLimit(maxConnectionCount))
                }
            }
            // A client may end its side once it has asked.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.addHandlers(to: channel.pipeline.syncOperations, tls, RequestHandler(connections, respond))
                }
            }
            .bind(host: host, port: port).get()
        await withTaskCancellationHandler {
            await onListening(listener.localAddress?.port ?? port)
            _ = try? await listener.closeFuture.get()
        } onCancel: {
            listener.close(promise: nil)
        }
        await connections.end(within: graceTime)
    }

    private static func addHandlers(
        to pipeline: ChannelPipeline.SynchronousOperations,
        _ tls: NIOSSLContext?,
        _ handler: RequestHandler
    ) throws {
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        var encoding = HTTPResponseEncoder.Configuration()
        // The response to HEAD has the length of a body that it has not: the handler knows better.
        encoding.automaticallySetFramingHeaders = false
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 << 10
        limits.maxHeaderListSize = 32 << 10
        limits.maxHeaderFieldCount = 100
        try pipeline.configureHTTPServerPipeline(
            withEncoderConfiguration: encoding,
            withDecoderLimitConfiguration: limits
        )
        try pipeline.addHandler(IdleStateHandler(readTimeout: idleTimeLimit))
        try pipeline.addHandler(handler)
    }
}

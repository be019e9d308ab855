import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// An HTTP server on a port of 127.0.0.1.
enum LoopbackServer {
    private static let idleTimeLimit: TimeAmount = .seconds(60)

    /// Serves until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onListening: Gets the port once requests are answered there.
    /// - Throws: What listening throws.
    static func run(
        port: Int,
        onListening: @escaping @Sendable (_ port: Int) async -> Void,
        _ respond: @escaping HTTPChannelHandler.Responder
    ) async throws {
        let logger = Logger(label: "loopback") { _ in SwiftLogNoOpLogHandler() }
        let server = Server(
            childChannelSetup: HTTP1Channel(responder: respond, configuration: .init(idleTimeout: idleTimeLimit)),
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port), serverName: nil),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        try await withTaskCancellationHandler {
            try await server.run()
        } onCancel: {
            Task { try? await server.shutdownGracefully() }
        }
    }
}

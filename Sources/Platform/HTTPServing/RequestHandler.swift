import NIOCore
import NIOHTTP1

/// Starts a task for each request of one connection, and decides whether the connection stays open behind its response.
final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connections: OpenConnections
    private let respond: HTTPServer.Responder
    /// The request that is read or answered.
    private var request: HTTPRequestHead?
    private var bodyByteCount = 0
    private var task: Task<Void, Never>?
    private var closesAfterResponse = false

    /// No request here needs a body.
    private static let maxBodyByteCount = 64 << 10

    init(_ connections: OpenConnections, _ respond: @escaping HTTPServer.Responder) {
        self.connections = connections
        self.respond = respond
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connections.add(context.channel)
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = head
            bodyByteCount = 0
        case .body(let bytes):
            bodyByteCount += bytes.readableBytes
            if bodyByteCount > Self.maxBodyByteCount { refuse(context) }
        case .end:
            guard let request, bodyByteCount <= Self.maxBodyByteCount else { return }
            let writer = ResponseWriter(channel: context.channel, isForHead: request.method == .HEAD)
            task = connections.startTask { [respond] in
                do {
                    try await respond(request, writer)
                    try await writer.end()
                } catch {
                    try? await writer.channel.close()
                }
            }
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard !closesAfterResponse else { return }
        closesAfterResponse = true
        let head = HTTPResponseHead(
            version: .http1_1,
            status: .payloadTooLarge,
            headers: ["Content-Length": "0", "Connection": "close"]
        )
        let channel = context.channel
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    // MARK: - Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            frame(&head)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            // The next request may be there already, and comes during this call.
            (request, task) = (nil, nil)
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            if closesAfterResponse {
                let channel = context.channel
                written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            }
            context.write(data, promise: written)
        }
    }

    /// What has no length ends with its connection.
    private func frame(_ head: inout HTTPResponseHead) {
        let hasEnd =
            request?.method == .HEAD || !head.status.mayHaveResponseBody
            || head.headers.contains(name: "Content-Length")
        if request?.isKeepAlive != true || !hasEnd { closesAfterResponse = true }
        if closesAfterResponse {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        } else if request?.version == .http1_0 {
            head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
        }
    }

    // MARK: - The end of the connection

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed where task != nil: closesAfterResponse = true
        case ChannelEvent.inputClosed: context.close(promise: nil)
        case IdleStateHandler.IdleStateEvent.read: if task == nil { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        task?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

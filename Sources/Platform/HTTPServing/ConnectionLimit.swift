import NIOCore

/// Takes no further connection of a listening socket while there are too many.
final class ConnectionLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private let maxCount: Int
    private var count = 0
    private var isWaiting = false

    init(_ maxCount: Int) {
        self.maxCount = maxCount
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += 1
        let own = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            own.value.handler.noteClosed(own.value.context)
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        isWaiting = count >= maxCount
        if !isWaiting { context.read() }
    }

    private func noteClosed(_ context: ChannelHandlerContext) {
        count -= 1
        if isWaiting { read(context: context) }
    }
}

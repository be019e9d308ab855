import NIOCore

/// Hands what comes over one connection to another.
final class ForwardingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let faults: ServerFaults
    private var byteCount = 0

    /// - Parameter faults: What goes wrong with these bytes.
    init(to other: any Channel, _ faults: ServerFaults = ServerFaults()) {
        self.other = other
        self.faults = faults
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let limit = [faults.resetByteCount, faults.silentByteCount].compactMap(\.self).min()
        let room = limit.map { max(0, $0 - byteCount) } ?? bytes.readableBytes
        byteCount += bytes.readableBytes
        guard let allowed = bytes.readSlice(length: min(room, bytes.readableBytes)) else { return }
        let isCut = bytes.readableBytes > 0
        let written = other.writeAndFlush(allowed)
        guard isCut else { return }
        if limit == faults.resetByteCount {
            let other = other
            written.whenComplete { _ in other.reset() }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // Nothing is read faster than the other side takes it.
        other.setOption(.autoRead, value: context.channel.isWritable).whenFailure { _ in }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Behind what is still to be sent.
        let other = other
        other.writeAndFlush(ByteBuffer()).whenComplete { _ in other.close(promise: nil) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

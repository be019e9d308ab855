import Glibc
import NIOCore

/// Hands the bytes that come over one connection to another.
final class ForwardingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What becomes of bytes.
    enum Fate {
        case forwarded
        /// The sender gets this instead, and both connections are closed.
        case answered(ByteBuffer)
        /// So many of them are forwarded, and nothing after them.
        case cut(after: Int, isReset: Bool)
    }

    private let other: any Channel
    private let fate: (_ position: Int, _ byteCount: Int) -> Fate
    private var position = 0
    private var hasEnded = false
    /// Whether the other connection stays open when this one is closed.
    private var staysSilent = false

    /// - Parameter fate: Called with how many bytes came before, and how many there are now.
    init(to other: any Channel, _ fate: @escaping (_ position: Int, _ byteCount: Int) -> Fate) {
        self.other = other
        self.fate = fate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasEnded else { return }
        let bytes = unwrapInboundIn(data)
        let fate = fate(position, bytes.readableBytes)
        position += bytes.readableBytes
        switch fate {
        case .forwarded:
            other.writeAndFlush(bytes, promise: nil)
        case .answered(let response):
            hasEnded = true
            let channel = context.channel
            channel.writeAndFlush(response).whenComplete { _ in channel.close(promise: nil) }
        case .cut(let byteCount, let isReset):
            hasEnded = true
            staysSilent = !isReset
            let other = other
            let written = other.writeAndFlush(bytes.getSlice(at: bytes.readerIndex, length: byteCount) ?? ByteBuffer())
            if isReset { written.whenComplete { _ in other.reset() } }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // Nothing is read faster than the other side takes it.
        other.setOption(.autoRead, value: context.channel.isWritable).whenFailure { _ in }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !staysSilent { other.closeBehindWrites() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension Channel {
    /// Closes the connection behind what is still to be sent.
    func closeBehindWrites() {
        writeAndFlush(ByteBuffer()).whenComplete { _ in self.close(promise: nil) }
    }

    /// Closes the connection so that the other side reads "connection reset by peer".
    func reset() {
        guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}

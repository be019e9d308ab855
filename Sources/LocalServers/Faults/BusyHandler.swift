import HTTPTypes
import NIOCore

/// Answers the first request of a connection as a server that is overloaded, and closes the connection.
final class BusyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let response: String = {
        let body = BucketFailure(.serviceUnavailable, "SlowDown", "Please reduce your request rate.").document.text
        return """
            HTTP/1.1 503 Slow Down\r
            Content-Type: application/xml\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """
    }()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        channel.writeAndFlush(ByteBuffer(string: Self.response)).whenComplete { _ in channel.close(promise: nil) }
    }
}

package import NIOCore
package import NIOHTTP1

/// Writes the response to one request: a head, and pieces of a body.
package struct ResponseWriter: Sendable {
    package let channel: any Channel
    /// Whether it is the response to HEAD, which has no body.
    package let isForHead: Bool

    /// Writes the head, which goes out with what follows.
    ///
    /// - Parameter headers: Without `Content-Length` the body ends with the connection.
    package func begin(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
    }

    /// Returns when the network has taken the bytes.
    ///
    /// - Throws: What the connection throws.
    package func write(_ bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(Self.piece(bytes)).get()
    }

    /// Writes a response that is known as a whole; only its head where that is all that was asked for.
    package func send(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: ByteBuffer) {
        var headers = headers
        headers.replaceOrAdd(name: "Content-Length", value: "\(body.readableBytes)")
        begin(status, headers)
        if !isForHead, body.readableBytes > 0 { channel.write(Self.piece(body), promise: nil) }
    }

    func end() async throws {
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
    }

    /// A piece of a body, for the channel.
    package static func piece(_ bytes: ByteBuffer) -> HTTPServerResponsePart { .body(.byteBuffer(bytes)) }
}

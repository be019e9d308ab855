import HTTPServing
import NIOCore

/// Sends the bytes of a download over its connection: each piece is taken by the network before the next one is read.
final class DownloadWriter {
    private static let pieceByteCount = 256 << 10

    private(set) var sentByteCount: Int64 = 0
    private let channel: any Channel
    private let timeout: WriteTimeout
    private var waiting = ByteBuffer()

    init(_ channel: any Channel, _ timeout: WriteTimeout) {
        self.channel = channel
        self.timeout = timeout
    }

    /// Blocks its thread, which must be none that others share.
    ///
    /// - Throws: What the connection throws; `CancellationError`.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        if waiting.readableBytes >= Self.pieceByteCount {
            try Task.checkCancellation()
            try flush().wait()
            noteFlushed()
        }
        waiting.writeBytes(bytes)
    }

    /// Sends the last piece, which is held back until then: a client must not take a backup for whole whose source
    /// fails after the last byte was read.
    func finish() async throws {
        guard waiting.readableBytes > 0 else { return }
        try Task.checkCancellation()
        try await flush().get()
        noteFlushed()
    }

    private func flush() -> EventLoopFuture<Void> {
        timeout.writes(true)
        return channel.writeAndFlush(ResponseWriter.piece(waiting))
    }

    private func noteFlushed() {
        timeout.writes(false)
        sentByteCount += Int64(waiting.readableBytes)
        waiting.clear()
    }
}

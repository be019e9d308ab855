public import Backups
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import Text

/// The part of S3 that reads, over any store: for drills and for tests, on this machine only.
public struct BucketServer: Sendable {
    private let responder: BucketResponder
    /// How far its clock is from the right time.
    private let clockOffset: Duration

    private static let pieceByteCount: Int64 = 256 << 10

    /// - Parameters:
    ///   - buckets: What each bucket holds, by its name.
    ///   - accessKeyID: Whose requests are answered; those of anybody where it is `nil`.
    ///   - clockOffset: How far its clock is from the right time.
    public init(
        _ buckets: [String: any Store],
        region: String = "us-east-1",
        accessKeyID: String? = nil,
        clockOffset: Duration = .zero
    ) {
        responder = BucketResponder(buckets: buckets, region: region, accessKeyID: accessKeyID)
        self.clockOffset = clockOffset
    }

    /// Serves on a port of 127.0.0.1 until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onListening: Gets the port once requests are answered there.
    /// - Throws: What listening throws.
    public func run(port: Int = 0, onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let server = self
        try await LoopbackServer.run(port: port, onListening: onListening) { request, writer, channel in
            try await server.respond(to: request, writer)
        }
    }

    @concurrent
    private func respond(to request: Request, _ writer: consuming ResponseWriter) async throws {
        let response = try await responder.response(
            to: request.method,
            target: request.head.path ?? "/",
            request.headers
        )
        var head = HTTPResponse(status: response.status, headerFields: response.fields)
        head.headerFields[.date] = HTTPDate.text(of: Date(timeIntervalSinceNow: clockOffset / .seconds(1)))
        if request.method == .head { return try await writer.writeResponse(head) }
        switch response.body {
        case .none: try await writer.writeResponse(head)
        case .document(let document):
            try await writer.write(
                response: head,
                body: ResponseBody(byteBuffer: ByteBuffer(string: document.text))
            )
        case .object(let entry, let store, let range):
            var body = try await writer.writeHead(head)
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(Self.pieceByteCount)) {
                var piece = ByteBuffer()
                try await store.read(entry, range: start..<min(start + Self.pieceByteCount, range.upperBound)) {
                    piece.writeBytes($0)
                }
                try await body.write(piece)
            }
            try await body.finish(nil)
        }
    }
}

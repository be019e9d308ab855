package import Backups
import FoundationEssentials
import HTTPServing
import NIOCore
import NIOHTTP1
import Synchronization
import Text

/// The part of S3 that reads, over any store: for drills and for tests, on this machine only.
package final class BucketServer: Sendable {
    private let responder: BucketResponder
    private let offset: Mutex<Duration>

    private static let pieceByteCount: Int64 = 256 << 10

    /// - Parameters:
    ///   - buckets: What each bucket holds, by its name.
    ///   - accessKeyID: Whose requests are answered; those of anybody where it is `nil`.
    ///   - clockOffset: How far its clock is ahead of the right time.
    package init(
        _ buckets: [String: any Store],
        region: String = "us-east-1",
        accessKeyID: String? = nil,
        clockOffset: Duration = .zero
    ) {
        responder = BucketResponder(buckets: buckets, region: region, access: AccessCheck(accessKeyID: accessKeyID))
        offset = Mutex(clockOffset)
    }

    /// How far its clock is ahead of the right time; it can change at any time.
    package var clockOffset: Duration {
        get { offset.withLock(\.self) }
        set { offset.withLock { $0 = newValue } }
    }

    /// Serves on a port of 127.0.0.1 until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onListening: Gets the port once requests are answered there.
    /// - Throws: What listening throws.
    package func run(port: Int = 0, onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        try await HTTPServer(port: port).run(onListening: onListening) { request, writer in
            try await self.respond(to: request, writer)
        }
    }

    private func respond(to request: HTTPRequestHead, _ writer: ResponseWriter) async throws {
        let now = Date(timeIntervalSinceNow: clockOffset / .seconds(1))
        var response = try await responder.response(to: request, now: now)
        if let date = HTTPDate.text(of: now) { response.headers.add(name: "Date", value: date) }
        switch response.body {
        case .none:
            writer.send(response.status, response.headers, ByteBuffer())
        case .document(let document):
            writer.send(response.status, response.headers, ByteBuffer(string: document.text))
        case .object(let entry, let store, let range):
            writer.begin(response.status, response.headers)
            if !writer.isForHead { try await send(range, of: entry, in: store, writer) }
        }
    }

    private func send(
        _ range: Range<Int64>,
        of entry: StoreEntry,
        in store: any Store,
        _ writer: ResponseWriter
    ) async throws {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(Self.pieceByteCount)) {
            var piece = ByteBuffer()
            try await store.read(entry, range: start..<min(start + Self.pieceByteCount, range.upperBound)) {
                piece.writeBytes($0)
            }
            try await writer.write(piece)
        }
    }
}

import Backups
import Codecs
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SidecarServer

/// A server on a free port, until this object goes away.
final class RunningServer: Sendable {
    let url: String
    private let task: Task<Void, any Error>
    private let remarks: Remarks

    private final class Remarks: Sendable {
        let texts = Mutex<[String]>([])
    }

    /// Whether it has reported something.
    func said(_ text: String) -> Bool { remarks.texts.withLock { $0.contains { $0.contains(text) } } }

    /// All that it has reported that begins so.
    func sayings(_ prefix: String) -> [String] {
        remarks.texts.withLock { texts in texts.filter { $0.hasPrefix(prefix) } }
    }

    init(_ source: any BackupSource, change: (inout ServerSettings) -> Void = { _ in }) async throws {
        let remarks = Remarks()
        let (urls, urlsIn) = AsyncStream.makeStream(of: String.self)
        var settings = ServerSettings(address: ListenAddress(host: "127.0.0.1", port: 0))
        change(&settings)
        let server = BackupServer(
            source,
            cluster: ClusterName("foo"),
            codecs: CodecRegistry.all,
            settings: settings,
            report: { remark in remarks.texts.withLock { $0.append(remark.text) } }
        )
        self.remarks = remarks
        task = Task {
            defer { urlsIn.finish() }
            try await server.run { urlsIn.yield($0) }
        }
        var iterator = urls.makeAsyncIterator()
        url = try #require(await iterator.next())
    }

    deinit { task.cancel() }

    /// Asks on a thread of its own, as the others of a test do.
    @concurrent
    func get(_ target: String = "/v1/backup", method: String = "GET") async throws -> HTTPProbe.Answer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { [url] in
                continuation.resume(with: Result { try HTTPProbe.send(method, to: url, target) })
            }
        }
    }
}

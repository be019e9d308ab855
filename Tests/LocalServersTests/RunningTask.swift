import Testing

/// A server on a free port, until this object goes away.
final class RunningTask: Sendable {
    let port: Int
    private let task: Task<Void, any Error>

    init(
        _ run: @escaping @Sendable (_ onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws -> Void
    ) async throws {
        let (ports, portsIn) = AsyncStream.makeStream(of: Int.self)
        task = Task {
            defer { portsIn.finish() }
            try await run { portsIn.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        port = try #require(await iterator.next())
    }

    deinit { task.cancel() }

    var url: String { "http://127.0.0.1:\(port)" }
}

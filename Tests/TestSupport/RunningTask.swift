/// A server of the test's own process on a free port, until this object goes away.
public final class RunningTask: Sendable {
    public let port: Int
    private let task: Task<Void, any Error>

    /// - Parameter run: Runs until its task is cancelled, and hands over its port.
    /// - Throws: What it throws before that.
    public init(
        _ run: @escaping @Sendable (_ onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws -> Void
    ) async throws {
        let (ports, portsIn) = AsyncStream.makeStream(of: Int.self)
        task = Task {
            defer { portsIn.finish() }
            try await run { portsIn.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else {
            try await task.value
            throw PartFailure("a server ended before it listened")
        }
        self.port = port
    }

    deinit { task.cancel() }

    public var url: String { "http://127.0.0.1:\(port)" }

    /// Stops it, and waits for its end.
    public func stop() async throws {
        task.cancel()
        try await task.value
    }
}

import HTTPServing
import NIOCore
import NIOPosix
import Synchronization

/// Stands before a server on this machine, and breaks its connections as a network does. What goes wrong can change at
/// any time.
package actor FaultProxy {
    /// Runs until its task is cancelled.
    ///
    /// - Parameter onListening: Gets the port once requests are answered there.
    package typealias Server =
        @Sendable (_ onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws -> Void

    private struct Running: Sendable {
        let port: ReservedPort
        let upstreamPort: Int
        let clients = OpenConnections()
        let servers = OpenConnections()
        /// `nil` while connections are refused.
        var listener: (any Channel)?
    }

    private nonisolated let current: Mutex<ServerFaults>
    private var running: Running?
    private var lastChange: Task<Void, any Error>?

    package init(_ faults: ServerFaults = ServerFaults()) {
        current = Mutex(faults)
    }

    /// What goes wrong now. How many of the next requests get status 503 counts down.
    package nonisolated var faults: ServerFaults { current.withLock(\.self) }

    /// Changes what goes wrong, also on connections that are open. All of it holds when the call returns.
    ///
    /// - Throws: `IOError` where nothing can listen on the port any more.
    package func apply(_ faults: ServerFaults) async throws {
        current.withLock { $0 = faults }
        try await changeListener()
    }

    // MARK: - Running

    /// Takes connections on a port of 127.0.0.1 until its task is cancelled. It can run once at a time.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - upstreamPort: Where the server listens on 127.0.0.1.
    ///   - onListening: Gets the port, which stays the same.
    /// - Throws: What listening throws: `SystemError`, `IOError`.
    package func run(
        port: Int = 0,
        to upstreamPort: Int,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        let new = Running(port: try ReservedPort(port), upstreamPort: upstreamPort)
        running = new
        defer { running = nil }
        try await changeListener()
        await onListening(new.port.number)
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        _ = await lastChange?.result
        try? await running?.listener?.close()
        await new.clients.end(within: .zero)
        await new.servers.end(within: .zero)
    }

    /// Runs a server, and this proxy before it, until the task is cancelled.
    ///
    /// - Parameter onListening: Gets the proxy's port.
    /// - Throws: What the server throws, and what listening throws.
    package nonisolated func run(
        port: Int = 0,
        before server: @escaping Server,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { listening.finish() }
                try await server { listening.yield($0) }
            }
            group.addTask {
                for await upstreamPort in ports {
                    try await self.run(port: port, to: upstreamPort, onListening: onListening)
                }
            }
            // When one of them ends, the other one has nothing left to do.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    // MARK: - The listener

    /// Listens, or stops that, as the faults say. Changes are made in the order in which they were asked for.
    private func changeListener() async throws {
        let previous = lastChange
        let change = Task {
            _ = await previous?.result
            try await makeChange()
        }
        lastChange = change
        try await change.value
    }

    private func makeChange() async throws {
        guard let now = running, faults.isDown == (now.listener != nil) else { return }
        if let listener = now.listener {
            try? await listener.close()
            running?.listener = nil
            for client in now.clients.channels { client.reset() }
        } else {
            running?.listener = try await listen(now)
        }
    }

    private func listen(_ now: Running) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                now.clients.add(client)
                self.connect(client, now)
                return client.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: now.port.number).get()
    }

    // MARK: - Connections

    private nonisolated func connect(_ client: any Channel, _ now: Running) {
        ClientBootstrap(group: client.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: now.upstreamPort)
            .whenComplete { result in
                guard case .success(let server) = result else { return client.reset() }
                now.servers.add(server)
                self.begin(client, ForwardingHandler(to: server) { _, _ in self.fateOfRequest() })
                self.begin(server, ForwardingHandler(to: client) { self.fateOfResponse($0, $1) })
            }
    }

    /// Called on the channel's event loop.
    private nonisolated func begin(_ channel: any Channel, _ handler: ForwardingHandler) {
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
            channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
        } catch {
            channel.close(promise: nil)
        }
    }

    private nonisolated func fateOfRequest() -> ForwardingHandler.Fate {
        current.withLock { faults in
            guard faults.busyCount > 0 else { return .forwarded }
            faults.busyCount -= 1
            return .answered(ByteBuffer(string: Self.busyResponse))
        }
    }

    private nonisolated func fateOfResponse(_ position: Int, _ byteCount: Int) -> ForwardingHandler.Fate {
        let faults = faults
        let limits = [(faults.resetByteCount, true), (faults.silentByteCount, false)]
        let first = limits.compactMap { limit, isReset in limit.map { ($0, isReset) } }.min { $0.0 < $1.0 }
        guard let (limit, isReset) = first, position + byteCount > limit else { return .forwarded }
        return .cut(after: max(0, limit - position), isReset: isReset)
    }

    private static let busyResponse: String = {
        let body = BucketFailure.busy.document.text
        return """
            HTTP/1.1 503 Slow Down\r
            Content-Type: application/xml\r
            Content-Length: \(body.utf8.count)\r
            Connection: close\r
            \r
            \(body)
            """
    }()
}

import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Stands before a server on this machine, and breaks its connections as a network does. What is broken can change at any
/// time.
public final class FaultProxy: Sendable {
    private let upstreamPort: Int
    private let state: Mutex<State>

    private struct State {
        var faults: ServerFaults
        /// The open connections of clients.
        var clients: [ObjectIdentifier: any Channel] = [:]
    }

    /// - Parameter upstreamPort: Where the server listens on 127.0.0.1.
    public init(upstreamPort: Int, _ faults: ServerFaults = ServerFaults()) {
        self.upstreamPort = upstreamPort
        state = Mutex(State(faults: faults))
    }

    /// What goes wrong from now on.
    public var faults: ServerFaults {
        get { state.withLock(\.faults) }
        set {
            let cut = state.withLock { state in
                state.faults = newValue
                return newValue.isDown ? Array(state.clients.values) : []
            }
            for channel in cut { channel.reset() }
        }
    }

    /// Takes connections on a port of 127.0.0.1 until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onListening: Gets the port.
    /// - Throws: What listening throws.
    public func run(port: Int = 0, onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                self.take(client)
                return client.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: port).get()
        await onListening(listener.localAddress?.port ?? port)
        try await withTaskCancellationHandler {
            try await listener.closeFuture.get()
        } onCancel: {
            listener.close(promise: nil)
        }
        for channel in state.withLock({ Array($0.clients.values) }) { channel.close(promise: nil) }
    }

    // MARK: - Connections

    private enum Reception {
        case connect(ServerFaults)
        case busy
        case reset
    }

    private func take(_ client: any Channel) {
        let key = ObjectIdentifier(client)
        let reception = state.withLock { state -> Reception in
            if state.faults.isDown { return .reset }
            state.clients[key] = client
            guard state.faults.busyCount > 0 else { return .connect(state.faults) }
            state.faults.busyCount -= 1
            return .busy
        }
        client.closeFuture.whenComplete { _ in _ = self.state.withLock { $0.clients.removeValue(forKey: key) } }
        switch reception {
        case .reset: client.reset()
        case .busy: begin(client, BusyHandler())
        case .connect(let faults):
            ClientBootstrap(group: client.eventLoop)
                .channelOption(.autoRead, value: false)
                .connect(host: "127.0.0.1", port: upstreamPort)
                .whenComplete { result in
                    switch result {
                    case .failure: client.reset()
                    case .success(let server):
                        self.begin(client, ForwardingHandler(to: server))
                        self.begin(server, ForwardingHandler(to: client, faults))
                    }
                }
        }
    }

    /// Called on the channel's event loop.
    private func begin(_ channel: any Channel, _ handler: some ChannelInboundHandler) {
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
            channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
        } catch {
            channel.close(promise: nil)
        }
    }
}

extension Channel {
    /// Closes the connection so that the other side reads "connection reset by peer".
    func reset() {
        guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}

/// A bucket behind a network, both of which go wrong as its faults say.
package struct FaultyBucket: Sendable {
    private let server: BucketServer
    private let proxy: FaultProxy

    package init(_ server: BucketServer, _ faults: ServerFaults = ServerFaults()) {
        self.server = server
        proxy = FaultProxy(faults)
        server.clockOffset = faults.clockOffset
    }

    /// What goes wrong now.
    package var faults: ServerFaults { proxy.faults }

    /// Changes what goes wrong. All of it holds when the call returns.
    ///
    /// - Throws: `IOError` where nothing can listen on the port any more.
    package func apply(_ faults: ServerFaults) async throws {
        server.clockOffset = faults.clockOffset
        try await proxy.apply(faults)
    }

    /// Serves on a port of 127.0.0.1 until its task is cancelled.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onListening: Gets the port, which stays the same, once requests are answered there, or refused as the faults
    ///     say.
    /// - Throws: What listening throws.
    package func run(port: Int = 0, onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let server = server
        try await proxy.run(port: port, before: { try await server.run(onListening: $0) }, onListening: onListening)
    }
}

import Foundation
import Synchronization

/// An HTTP/1.1 server of a test's own on 127.0.0.1, for what no real server does: it answers as the test says.
///
/// Connections are kept alive, and served at the same time, each by a thread.
public final class FaultServer: Sendable {
    public let port: UInt16
    private let core: Core
    private let listener: Int32

    /// Starts it.
    ///
    /// - Parameter answer: Called for each request, for several at the same time.
    public init(_ answer: @escaping @Sendable (Request) -> Response) throws {
        core = Core(answer)
        (listener, port) = try Loopback.bind()
        listen(listener, 128)
        // The threads must not hold this object, or it would never go away.
        Thread.detachNewThread { [core, listener] in core.accept(from: listener) }
    }

    deinit { stop() }

    /// Where it is: `http://127.0.0.1:PORT`.
    public var origin: String { "http://127.0.0.1:\(port)" }

    /// All requests so far, in the order in which they came.
    public var requests: [Request] { core.state.withLock { $0.requests } }

    /// How many connections there were so far.
    public var connectionCount: Int { core.state.withLock { $0.connectionCount } }

    /// Ends all connections, and refuses new ones.
    public func stop() { core.stop(listener) }
}

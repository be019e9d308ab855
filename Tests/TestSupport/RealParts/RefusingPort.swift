import Glibc

/// A port that refuses connections, for as long as this object lives: it is taken, and nobody listens.
public final class RefusingPort: Sendable {
    public let port: UInt16
    private let descriptor: Int32

    public init() throws {
        (descriptor, port) = try Loopback.bind()
    }

    deinit { close(descriptor) }

    public var origin: String { "http://127.0.0.1:\(port)" }
}

import Synchronization

/// What a test made in a closure and must live as long as the test.
public final class Kept<Part: Sendable>: Sendable {
    private let parts = Mutex<[Part]>([])

    public init() {}

    public func keep(_ part: Part) -> Part {
        parts.withLock { $0.append(part) }
        return part
    }
}

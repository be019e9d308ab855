import Blocking
import Dispatch
import Synchronization

/// Waits for an answer while a key is pressed, but not longer than a person would.
struct Deadline {
    let limit: DispatchTimeInterval
    /// How long a file system has for one call; less than all, so that one that does not answer is remembered.
    private static let callLimit = Duration.milliseconds(250)

    static let usual = Deadline(limit: .milliseconds(300))

    /// The value, or `nil` where it does not come in time or not at all; what is late is cancelled.
    func value<Value: Sendable>(_ operation: @escaping @Sendable () async throws -> Value) -> Value? {
        let result = Result<Value>()
        let isDone = DispatchSemaphore(value: 0)
        // Ahead of work that no one waits for.
        let task = Task.detached(priority: .userInitiated) {
            let value = try? await BlockingWork.hurrying(Self.callLimit) { try await operation() }
            result.value.withLock { $0 = value }
            isDone.signal()
        }
        if isDone.wait(timeout: .now() + limit) == .timedOut { task.cancel() }
        return result.value.withLock { $0 }
    }

    private final class Result<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }
}

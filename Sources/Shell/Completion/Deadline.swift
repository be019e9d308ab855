import Blocking
import Dispatch
import Synchronization

/// Waits for a result while the user waits after a key press, but not long.
struct Deadline {
    let limit: DispatchTimeInterval
    /// The limit for one file system call; shorter than the whole, so that a silent one is remembered.
    private static let callLimit = Duration.milliseconds(250)

    static let usual = Deadline(limit: .milliseconds(300))

    /// The value, or `nil` if it is late or fails; late work is cancelled.
    func value<Value: Sendable>(_ operation: @escaping @Sendable () async throws -> Value) -> Value? {
        let result = Result<Value>()
        let isDone = DispatchSemaphore(value: 0)
        // Nobody should wait behind background work.
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

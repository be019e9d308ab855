import Synchronization

/// The result of some work: the first one that is set counts, and a task that waits gets it once.
final class Outcome<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case settled(Result<Value, any Error>)
        case heard
    }

    private let state = Mutex(State.open)

    /// - Returns: Whether this was the first.
    @discardableResult
    func settle(_ result: Result<Value, any Error>) -> Bool {
        let (isFirst, waiting): (Bool, CheckedContinuation<Value, any Error>?) = state.withLock { state in
            switch state {
            case .open:
                state = .settled(result)
                return (true, nil)
            case .awaited(let continuation):
                state = .heard
                return (true, continuation)
            case .settled, .heard:
                return (false, nil)
            }
        }
        waiting?.resume(with: result)
        return isFirst
    }

    /// Hands the outcome to a continuation, now or later. Once.
    func wait(_ continuation: CheckedContinuation<Value, any Error>) {
        let result: Result<Value, any Error>? = state.withLock { state in
            guard case .settled(let result) = state else {
                state = .awaited(continuation)
                return nil
            }
            state = .heard
            return result
        }
        if let result { continuation.resume(with: result) }
    }
}

import Dispatch
import Synchronization

/// A state that several threads share, where one waits until another one has changed it.
package final class Monitor<State: Sendable>: Sendable {
    private struct Waiting {
        var isReady: @Sendable (State) -> Bool
        var semaphore: DispatchSemaphore
    }

    private struct Guarded {
        var state: State
        var waiting: [Waiting] = []

        mutating func wake() {
            let state = state
            waiting.removeAll { waiting in
                guard waiting.isReady(state) else { return false }
                waiting.semaphore.signal()
                return true
            }
        }
    }

    private let guarded: Mutex<Guarded>

    package init(_ state: State) {
        guarded = Mutex(Guarded(state: state))
    }

    /// Whether a thread waits.
    package var isWaitedFor: Bool { guarded.withLock { !$0.waiting.isEmpty } }

    /// Looks at the state.
    package func read<Value: Sendable>(_ look: (State) -> Value) -> Value {
        guarded.withLock { look($0.state) }
    }

    /// Changes the state, and wakes those that it is ready for then.
    @discardableResult
    package func change<Value: Sendable>(_ change: (inout State) -> Value) -> Value {
        guarded.withLock { guarded in
            defer { guarded.wake() }
            return change(&guarded.state)
        }
    }

    /// Blocks the thread until the state is ready for it, and changes it then.
    @discardableResult
    package func wait<Value: Sendable>(
        until isReady: @escaping @Sendable (State) -> Bool,
        then change: (inout State) -> Value
    ) -> Value {
        while true {
            let semaphore = DispatchSemaphore(value: 0)
            let value: Value? = guarded.withLock { guarded in
                guard isReady(guarded.state) else {
                    guarded.waiting.append(Waiting(isReady: isReady, semaphore: semaphore))
                    return nil
                }
                defer { guarded.wake() }
                return change(&guarded.state)
            }
            if let value { return value }
            // Another thread may change the state again before this one runs: then once more.
            semaphore.wait()
        }
    }
}

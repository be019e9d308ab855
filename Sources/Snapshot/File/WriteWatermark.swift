import Dispatch
import Synchronization

/// How far a file has come that is being written from its start to its end while it is read.
public final class WriteWatermark: Sendable {
    private struct State {
        var byteCount: Int64 = 0
        var isOver = false
        /// Those that wait, and for how many bytes.
        var waiting: [(byteCount: Int64, semaphore: DispatchSemaphore)] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Whether a reader waits for more.
    var isWaitedFor: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// So many bytes from the start are there; a lower number than before changes nothing.
    public func advance(to byteCount: Int64) {
        wake { $0.byteCount = max($0.byteCount, byteCount) }
    }

    /// No more will come.
    public func finish() {
        wake { $0.isOver = true }
    }

    private func wake(_ change: (inout State) -> Void) {
        state.withLock { state in
            change(&state)
            let (byteCount, isOver) = (state.byteCount, state.isOver)
            state.waiting.removeAll { waiting in
                guard isOver || waiting.byteCount <= byteCount else { return false }
                waiting.semaphore.signal()
                return true
            }
        }
    }

    /// Blocks the thread until so many bytes are there.
    ///
    /// - Returns: How many are there then: fewer only where no more will come.
    func wait(for byteCount: Int64) -> Int64 {
        let semaphore: DispatchSemaphore? = state.withLock { state in
            guard state.byteCount < byteCount, !state.isOver else { return nil }
            let semaphore = DispatchSemaphore(value: 0)
            state.waiting.append((byteCount, semaphore))
            return semaphore
        }
        semaphore?.wait()
        return state.withLock { $0.byteCount }
    }
}

import NIOCore
import Synchronization

/// Closes the connection of a client that takes nothing any more; one that is slow takes something now and then.
final class WriteTimeout: Sendable {
    private struct State {
        var isWriting = false
        var waitingByteCount = 0
        var lastProgress = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let task: Mutex<Task<Void, any Error>?>

    init(_ channel: any Channel, limit: Duration) {
        task = Mutex(nil)
        let task = Task { [weak self] in
            while true {
                try await Task.sleep(for: .milliseconds(500))
                let waitingByteCount = try await channel.getOption(.bufferedWritableBytes).get()
                guard let self else { return }
                if self.isStalled(waitingByteCount, limit) { return try await channel.close() }
            }
        }
        self.task.withLock { $0 = task }
    }

    /// Says whether it is the client that is waited for, and not the source.
    func writes(_ isWriting: Bool) {
        state.withLock { state in
            state.isWriting = isWriting
            state.lastProgress = .now
        }
    }

    func end() { task.withLock { $0?.cancel() } }

    private func isStalled(_ waitingByteCount: Int, _ limit: Duration) -> Bool {
        state.withLock { state in
            if !state.isWriting || waitingByteCount != state.waitingByteCount { state.lastProgress = .now }
            state.waitingByteCount = waitingByteCount
            return .now - state.lastProgress >= limit
        }
    }
}
